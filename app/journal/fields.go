package journal

// The fields, in the order of their numbers. New fields go to the end.
const (
	SchoolName FieldNo = iota + 1
	SchoolShort
	SchoolFounder
	SchoolLocality
	SchoolAddress
	SchoolPhone
	SchoolEmail
	SchoolOKPO
	SchoolOGRN
	SchoolINN
	SchoolKPP
	SchoolBank
	SchoolDirector
)

// Fields of KindStaff.
const (
	StaffLast FieldNo = iota + 1
	StaffFirst
	StaffMiddle
	StaffPosition
	StaffRemoved
)

// Fields of KindRole.
const (
	RoleTo FieldNo = iota + 1
	RoleGivenBy
	RoleRemoved
)

// Fields of KindPupil.
const (
	PupilLast FieldNo = iota + 1
	PupilFirst
	PupilMiddle
	PupilBorn
	PupilSex
	PupilFile
	PupilAddress
	PupilPhone
	PupilParents
	PupilRemoved
)

// Fields of KindSubject.
const (
	SubjectName FieldNo = iota + 1
	SubjectShort
	SubjectOrder
	SubjectUnmarked
	SubjectRemoved
)

// SettingValue is the only field of KindSetting.
const SettingValue FieldNo = 1

// Fields of KindDevice.
const (
	DeviceName FieldNo = iota + 1
	DeviceKey
	DeviceRevoked
	DeviceCopyOf
)

// Fields of KindSignKey.
const (
	SignKeyPublic FieldNo = iota + 1
	SignKeyRevoked
)

// Fields of KindTerm.
const (
	TermFrom FieldNo = iota + 1
	TermTo
	TermClosed
)

// Fields of KindHoliday.
const (
	HolidayTo FieldNo = iota + 1
	HolidayTitle
	HolidayRemoved
)

// Fields of KindBell.
const (
	BellStart FieldNo = iota + 1
	BellEnd
)

// Fields of KindGroup.
const (
	GroupName FieldNo = iota + 1
	GroupSort
	GroupGrade
	GroupLetter
	GroupScheme
	GroupParent
	GroupRemoved
)

// Fields of KindClassTeacher.
const (
	ClassTeacherTo FieldNo = iota + 1
	ClassTeacherRemoved
)

// Fields of KindMember.
const (
	MemberTo FieldNo = iota + 1
	MemberOrderIn
	MemberOrderOut
	MemberNote
	MemberRemoved
)

// Fields of KindPage.
const (
	PageHours FieldNo = iota + 1
	PagePlanned
	PageRoom
	PageOrder
	PageRemoved
)

// Fields of KindPageTeacher.
const (
	PageTeacherTo FieldNo = iota + 1
	PageTeacherRemoved
)

// Fields of KindSlot.
const (
	SlotTo FieldNo = iota + 1
	SlotRoom
	SlotRemoved
)

// Fields of KindSubstitution.
const (
	SubstitutionStaff FieldNo = iota + 1
	SubstitutionNote
)

// Fields of KindDecision.
const (
	DecisionText FieldNo = iota + 1
	DecisionDate
	DecisionProtocol
)

// Fields of KindRemark.
const (
	RemarkPage FieldNo = iota + 1
	RemarkDate
	RemarkNumber
	RemarkPupil
	RemarkText
	RemarkBy
	RemarkMade
	RemarkDue
	RemarkAnswer
	RemarkClosed
)

// Fields of KindLesson.
const (
	LessonTopic FieldNo = iota + 1
	LessonHomework
	LessonNoHomework
	LessonWork
	LessonWeight
	LessonNote
	LessonRemoved
	LessonPresent
)

// Fields of KindCell.
const (
	CellMark FieldNo = iota + 1
	CellSecond
	CellAbsence
	CellReason
	CellNote
)

// TermMarkValue is the only field of KindTermMark.
const TermMarkValue FieldNo = 1

// Fields of KindRequest.
const (
	RequestBody     FieldNo = iota + 1 // the commit's bytes, as they were signed
	RequestArrived                     // Unix milliseconds
	RequestDecision                    // RequestGranted or RequestRejected
	RequestSentence                    // of the deputy
)
