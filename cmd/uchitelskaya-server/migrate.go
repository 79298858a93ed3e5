package main

import (
	"context"
	"fmt"

	"uchitelskaya/storage/central/postgres"
	"uchitelskaya/sync/server"
)

// migrate makes or renews the tables of a PostgreSQL database.
func migrate(ctx context.Context, s *shell, args []string) error {
	f, data := s.flags("migrate")
	role := f.String("role", "uchitelskaya", "роль, под которой работают серверы; владельцем таблиц она быть не должна")
	usage := f.Usage
	f.Usage = func() {
		usage()
		fmt.Fprint(f.Output(), `
Один раз администратор PostgreSQL создаёт две роли и базу:

`+postgres.Setup+`

Затем владелец базы создаёт таблицы и даёт роли сервера её права; то же после обновления программы:

  uchitelskaya-server migrate -data postgres://uchitelskaya_owner@компьютер/uchitelskaya

Все остальные команды выполняются под ролью сервера:

  uchitelskaya-server init -data postgres://uchitelskaya@компьютер/uchitelskaya …

Пароль можно не писать в адресе: подходят переменная PGPASSWORD и файл .pgpass.
`)
	}
	if err := parse(f, args, 0); err != nil {
		return err
	}
	if !data.database() {
		return fmt.Errorf("назовите базу данных: -data postgres://…; папка обновляется сама; %w", errUsage)
	}
	if err := postgres.Migrate(ctx, data.at, *role); err != nil {
		return err
	}
	s.say("Таблицы готовы, роль %s получила права.", *role)
	return nil
}

// renew makes a server another one than the PCs knew, after its data were put
// back from a copy.
func renew(ctx context.Context, s *shell, args []string) error {
	f, data := s.flags("renew")
	if err := parse(f, args, 0); err != nil {
		return err
	}
	if err := s.renew(ctx, *data); err != nil {
		return err
	}
	s.say("Школьный сервер начал заново от копии. Запустите серверы этой школы ещё раз.")
	s.say("Компьютеры школы сами передадут то, чего в копии нет.")
	return nil
}

// renew gives the restored server its new keys.
func (s *shell) renew(ctx context.Context, p place) error {
	_, founding, store, err := s.school(ctx, p)
	if err != nil {
		return err
	}
	defer store.Close()
	epoch, key, err := server.NewKeys()
	if err != nil {
		return err
	}
	if founding, err = server.Renew(ctx, store, founding, epoch, key); err != nil {
		return err
	}
	school, err := server.Open(ctx, store, founding, s.now)
	if err != nil {
		return err
	}
	return school.Introduce(ctx)
}
