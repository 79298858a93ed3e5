// Package desk is what people do with a journal: one function = one thing a
// person does = one commit. It checks the rules of app/journal before it
// writes, so that a person hears at once what the server would say later.
package desk
