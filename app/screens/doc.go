// Package screens is what a person sees: the window with its rail and bottom
// bar ([Shell]), sign-in, «Сегодня», «Журнал», «Решения», «Ждут отправки»,
// «Отклонённые», «Заявки», «Печать» and «Загрузить», one struct each.
//
// A screen is a [Screen]: Content is built once, Load reads, Close ends what
// still runs. It names the few things it needs of app/desk as an interface of
// its own and never touches storage. What takes longer than a key press runs
// through [Async]. A [Stick] carries the exchange where there is no network. All
// texts come from assets/translations, all colours and measures from
// app/screens/theme.
package screens
