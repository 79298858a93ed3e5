package local

import (
	"context"
	"crypto/ed25519"
	"fmt"

	"uchitelskaya/app/journal/fault"
	"uchitelskaya/sync/commit"
)

// Identity returns what the PC knows of itself; ok is false before enrolment.
func (j *Journal) Identity(context.Context) (id commit.Identity, ok bool, err error) {
	s := j.state.Load()
	return s.identity, s.enrolled, nil
}

// Enrol keeps the identity given by the server. It may be given anew for the
// same school and device (another address, another key of the server); the code
// is [fault.Forbidden] when the PC belongs to another school, and for another
// device once this one has commits.
func (j *Journal) Enrol(ctx context.Context, id commit.Identity) error {
	if id.School.IsZero() || id.Device.IsZero() || len(id.Key) != ed25519.PrivateKeySize {
		return fault.Wrap(fault.Invalid, "Сервер ответил не так, как ожидалось. Повторите подключение.", fmt.Errorf("identity without school, device or key"))
	}
	return j.update(ctx, func(t *tx) error {
		old := t.state.identity
		switch {
		case t.state.enrolled && old.School != id.School:
			return fault.New(fault.Forbidden, "Этот компьютер уже подключён к другой школе. Для новой школы нужна новая папка журнала.")
		case t.state.enrolled && old.Device != id.Device:
			return fault.New(fault.Forbidden, "Этот компьютер уже подключён к школе под другим номером. Для нового номера нужна новая папка журнала.")
		}
		if n, err := t.number(id.Device); err != nil || n != 1 {
			return fmt.Errorf("number this PC: got %d: %w", n, err)
		}
		for name, value := range map[string]any{
			metaSchool: id.School[:], metaDevice: id.Device[:], metaName: id.Name, metaKey: []byte(id.Key), metaServer: id.Server,
			metaPin: id.Pin[:], metaEpoch: id.Epoch[:],
		} {
			if err := t.meta(name, value); err != nil {
				return fmt.Errorf("keep identity: %w", err)
			}
		}
		t.state.identity, t.state.enrolled = id, true
		return nil
	})
}

// Durable is the number up to which the server has this PC's commits.
func (j *Journal) Durable(context.Context) (uint64, error) { return j.state.Load().durable, nil }
