package journal

// The kinds. Below firstOfYear: the register. A number is never used again.
const (
	KindSchool  Kind = 1
	KindStaff   Kind = 2
	KindRole    Kind = 3
	KindPupil   Kind = 4
	KindSubject Kind = 5
	KindSetting Kind = 6
	KindDevice  Kind = 7
	KindSignKey Kind = 8

	firstOfYear Kind = 100

	KindTerm         Kind = 100
	KindHoliday      Kind = 101
	KindBell         Kind = 102
	KindGroup        Kind = 103
	KindClassTeacher Kind = 104
	KindMember       Kind = 105
	KindPage         Kind = 106
	KindPageTeacher  Kind = 107
	KindSlot         Kind = 108
	KindSubstitution Kind = 109
	KindDecision     Kind = 110
	KindRemark       Kind = 111

	KindLesson   Kind = 120
	KindCell     Kind = 121
	KindTermMark Kind = 122
	KindRequest  Kind = 123
)

// specs is the schema: everything that is in a journal, who may write it and
// how it is named.
var specs = []*Spec{
	{Kind: KindSchool, Name: "school", Key: []Part{id("id")}, Writer: ByAdmin, Fields: []Field{
		text("name", 300), text("short", 100), text("founder", 300), text("locality", 300), text("address", 300), text("phone", 60),
		text("email", 100), text("okpo", 20), text("ogrn", 20), text("inn", 20), text("kpp", 20), text("bank", 500), ref("director"),
	}},
	{Kind: KindStaff, Name: "staff", Key: []Part{id("id")}, Writer: ByOffice, Fields: []Field{
		text("last", 60), text("first", 60), text("middle", 60), text("position", 100), flag("removed"),
	}},
	{Kind: KindRole, Name: "role", Key: []Part{id("staff"), nr("role"), day("since")}, Writer: ByAdmin, Fields: []Field{
		date("till"), ref("given_by"), flag("removed"),
	}},
	{Kind: KindPupil, Name: "pupil", Key: []Part{id("id")}, Writer: ByOffice, Fields: []Field{
		text("last", 60), text("first", 60), text("middle", 60), date("born"), oneOf("sex", "м", "ж"), text("file", 30),
		text("address", 300), text("phone", 60), text("parents", 300), flag("removed"),
	}},
	{Kind: KindSubject, Name: "subject", Key: []Part{named("title")}, Writer: ByOffice, Fields: []Field{
		text("name", 150), text("short", 30), num("sort", 9999), flag("unmarked"), flag("removed"),
	}},
	{Kind: KindSetting, Name: "setting", Key: []Part{named("name")}, Writer: ByOffice, Fields: []Field{text("value", 2000)}},
	{Kind: KindDevice, Name: "device", Key: []Part{id("id")}, Writer: ByServer, Fields: []Field{
		text("name", 100).by(ByAdmin), {Name: "public", Type: Bytes, Max: 64}, flag("revoked").by(ByAdmin), ref("copy_of"),
	}},
	{Kind: KindSignKey, Name: "sign_key", Key: []Part{id("staff"), id("device")}, Writer: ByServer, Fields: []Field{
		{Name: "public", Type: Bytes, Max: 64}, flag("revoked").by(ByAdmin),
	}},

	{Kind: KindTerm, Name: "term", Key: []Part{nr("scheme"), nr("number")}, Writer: ByOffice, Fields: []Field{
		date("since"), date("till"), flag("closed").by(ByDeputy),
	}},
	{Kind: KindHoliday, Name: "holiday", Key: []Part{day("since")}, Writer: ByOffice, Fields: []Field{
		date("till"), text("title", 100), flag("removed"),
	}},
	{Kind: KindBell, Name: "bell", Key: []Part{nr("number")}, Writer: ByOffice, Fields: []Field{num("start", 1440), num("finish", 1440)}},
	{Kind: KindGroup, Name: "class_group", Key: []Part{id("id")}, Writer: ByOffice, Fields: []Field{
		text("name", 100), num("sort", 99), num("grade", 12), text("letter", 10), num("scheme", 3), ref("parent"), flag("removed"),
	}},
	{Kind: KindClassTeacher, Name: "class_teacher", Key: []Part{id("class"), id("staff"), day("since")}, Writer: ByOffice, Fields: []Field{
		date("till"), flag("removed"),
	}},
	{Kind: KindMember, Name: "member", Key: []Part{id("class_group"), id("pupil"), day("since")}, Writer: ByOffice, Fields: []Field{
		date("till"), text("order_in", 60), text("order_out", 60), text("note", 200), flag("removed"),
	}},
	{Kind: KindPage, Name: "page", Key: []Part{id("class_group"), named("subject")}, Writer: ByOffice, Fields: []Field{
		num("hours", 10000), num("planned", 2000), text("room", 20), num("sort", 9999), flag("removed"),
	}},
	{Kind: KindPageTeacher, Name: "page_teacher", Key: []Part{id("page"), id("staff"), day("since")}, Writer: ByOffice, Fields: []Field{
		date("till"), flag("removed"),
	}},
	{Kind: KindSlot, Name: "slot", Key: []Part{id("page"), nr("weekday"), nr("number"), nr("week"), day("since")}, Writer: ByOffice, Fields: []Field{
		date("till"), text("room", 20), flag("removed"),
	}},
	{Kind: KindSubstitution, Name: "substitution", Key: []Part{id("page"), day("day"), nr("number")}, Writer: ByOffice, Fields: []Field{
		ref("staff"), text("note", 200),
	}},
	{Kind: KindDecision, Name: "decision", Key: []Part{id("class_group"), id("pupil")}, Writer: ByOffice, Fields: []Field{
		text("decision", 200), date("day"), text("protocol", 60),
	}},
	{Kind: KindRemark, Name: "remark", Key: []Part{id("id")}, Writer: ByDeputy, Fields: []Field{
		ref("page"), date("day"), num("number", 20), ref("pupil"), text("body", 1000), ref("author"), date("made"), date("due"),
		text("answer", 1000).by(ByStaff), date("closed"),
	}},

	{Kind: KindLesson, Name: "lesson", Key: []Part{id("page"), day("day"), nr("number")}, Writer: ByTeacher, Dated: true, Fields: []Field{
		text("topic", 500), text("homework", 1000), flag("no_homework"), num("work", 99), num("weight", 1000), text("note", 500), flag("removed"), flag("present"),
	}},
	{Kind: KindCell, Name: "cell", Key: []Part{id("page"), day("day"), nr("number"), id("pupil")}, Writer: ByTeacher, Dated: true, Fields: []Field{
		mark("mark"), mark("second"), oneOf("absence", "н", "б", "уп", "нп", "оп", "осв"),
		oneOf("reason", "б", "уп", "нп").by(ByClassTeacher), text("note", 500),
	}},
	{Kind: KindTermMark, Name: "term_mark", Key: []Part{id("pupil"), id("page"), nr("period")}, Writer: ByTeacher, Fields: []Field{
		oneOf("value", "5", "4", "3", "2", "1", "н/а", "зач", "незач", "осв"),
	}},
	{Kind: KindRequest, Name: "request", Key: []Part{id("device"), long("number")}, Writer: ByServer, Fields: []Field{
		{Name: "body", Type: Bytes, Max: MaxRequest},
		moment("arrived"),
		oneOf("decision", RequestGranted, RequestRejected).by(ByDeputy).lasting(), text("sentence", 500).by(ByDeputy),
	}},
}
