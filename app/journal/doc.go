// Package journal is the domain: the words, rules and formulas of a Russian
// school journal. It knows no files, no SQL, no network and no screen; it uses
// the standard library and ids only.
//
// # Words
//
// One word for one thing, in Russian on the screen and in English in the code.
//
//	Russian                          English               in the code          not
//	журнал                           journal               the package          дневник (that is the pupils')
//	учебный год                      school year           Volume, 2026         «год» for two calendar years
//	четверть, триместр, полугодие    term                  Term, Scheme         period (a Period is what a result is for)
//	каникулы, нерабочий день         holiday               Holiday              weekend
//	звонки                           bells                 Bell                 schedule
//	расписание                       timetable             Slot, Planned        schedule
//	неделя А, неделя Б               week А, week B        Week                 odd, even
//	класс, «7-А»                     class                 Group, SortClass     grade (the grade is the 7)
//	параллель                        grade                 Group.Grade          mark
//	подгруппа                        subgroup              SortSubgroup         team
//	межклассная группа               inter-class group     SortInterclass
//	факультатив                      elective              SortElective
//	кружок, секция                   club                  SortClub
//	группа продлённого дня           extended-day group    SortExtended
//	внеурочная деятельность          extracurricular       SortOther
//	обучающийся                      pupil                 Pupil                student, child
//	зачисление, выбытие              membership            Membership           enrolment (that is of a PC)
//	сотрудник                        member of the staff   Staff                user, employee
//	учитель                          teacher               Assignment           owner
//	классный руководитель            class teacher         KindClassTeacher     curator
//	завуч                            deputy (director)     RoleDeputy           head teacher
//	директор                         director              RoleDirector
//	администратор                    administrator         RoleAdministrator    root
//	предмет                          subject               Subject              course, discipline
//	страница журнала, разворот       page                  Page                 sheet
//	урок, занятие                    lesson                Lesson               class
//	тема урока                       topic                 Lesson.Topic         title
//	домашнее задание, «не задано»    homework              Lesson.Homework      task
//	вид работы, вес                  kind of work, weight  Work, KindOfWork     type
//	клетка                           cell                  Cell                 field
//	отметка                          mark                  Cell.Mark            оценка, grade, score
//	явка: н, б, уп, нп, оп, осв      attendance            Cell.Absence         presence
//	причина пропуска                 reason                Cell.Reason
//	итог, четвертная отметка         result                TermMark             final (a FinalMark is one of them)
//	не аттестован, «н/а»             not assessed          NotAssessed          absent
//	замена                           substitution          Substitution         replacement (edits replace)
//	замечание                        remark                Remark               comment
//	решение педсовета                decision              Decision
//	закрытая четверть                closed term           Term.Closed          locked, archived
//	заявка на исправление            request               KindRequest          ticket
//	расхождение, «две отметки»       rivals                Rivals               конфликт
//	% успеваемости                   success               Progress.Success
//	% качества знаний                quality               Progress.Quality
//	степень обученности (СОУ)        training              Progress.Training
//
// # Volumes, kinds, fields
//
// What a school writes lies in volumes. Volume 0, the register, outlives the
// years: school, staff, roles, pupils, subjects, settings, PCs and keys. Every
// school year is a volume of its own, named by the year in which it begins:
// terms, groups, pages, timetable, lessons, cells, results.
//
// Everything in a volume is an entity of a [Kind], named by a [Key], with fields
// by number. The table of all kinds is in schema.go; storage, protocol and the
// rule of access all read that one table. Numbers of kinds and fields, once
// released, keep their meaning for ever.
//
// What cannot be made twice (a pupil, a remark) is named by a random id. What two
// PCs without a network may both make is named by what it is: a lesson by page,
// day and number, a cell by lesson and pupil, a result by pupil, page and period;
// pages, classes and groups get an id derived from their name. So two PCs write
// into one lesson, not into two.
//
// A [Roster] holds the slow part of a volume and the register in memory and
// answers who is who, what the timetable has on a day and who may write where.
//
// # Who may write
//
// One rule, [Roster.MayWrite], with the same answer on every PC and on the
// server. Each field names its [Writer]:
//
//	ByServer         PCs, keys, requests: the school server itself
//	ByAdmin          school, roles, names of PCs: administrator
//	ByOffice         people, subjects, rules, terms, groups, timetable: administrator or deputy
//	ByDeputy         remarks, closing a term, decisions on requests: deputy or director
//	ByTeacher        lessons, cells, results: who has the page on the day of the lesson
//	                 or of the entry, or substitutes in that lesson
//	ByClassTeacher   reasons of absence: who leads the pupil's class on one of these days
//	ByStaff          answers to remarks
//
// Deputy, director and administrator read everything and set no marks, unless they
// teach the page. A closed term refuses lessons, cells and results with
// [fault.TermClosed]: what was entered before the PC knew becomes a request to the
// deputy (request.go). The year's mark is closed with the last term; examination
// and final marks stay open.
package journal
