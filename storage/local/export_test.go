package local

// Queries are the statements that were made since the journal was opened.
func (j *Journal) Queries() (out []string) {
	for q := range j.stmts {
		out = append(out, q)
	}
	j.reading.Range(func(q, _ any) bool {
		out = append(out, q.(string))
		return true
	})
	return out
}
