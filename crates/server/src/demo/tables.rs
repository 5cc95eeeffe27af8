//! The tables while they are filled: none of our triggers, no policy in the owner's way, and the references checked
//! at the end, all at once. Row by row they take longer than everything else.

use sqlx::{AssertSqlSafe, Executor, PgConnection};

use super::copy::Table;

/// A foreign key that is away while rows are copied.
#[derive(Debug)]
pub struct Reference {
    table: String,
    name: String,
    definition: String,
}

/// Lets rows in as they are: no audit entry for each, no number taken, signed visits with all their parts. Checks,
/// unique keys and exclusions hold all the same. COPY does not go through a policy, so the owner steps past it.
pub async fn open(connection: &mut PgConnection) -> sqlx::Result<Vec<Reference>> {
    let names: Vec<String> = Table::ALL.iter().map(|table| table.name().to_owned()).collect();
    let references = sqlx::query_as!(
        Reference,
        r#"select
            t.relname::text as "table!",
            c.conname::text as "name!",
            pg_get_constraintdef(c.oid) as "definition!"
        from pg_constraint c
        join pg_class t on t.oid = c.conrelid
        where c.contype = 'f' and c.connamespace = current_schema()::regnamespace and t.relname = any($1)
        order by t.relname, c.conname"#,
        &names
    )
    .fetch_all(&mut *connection)
    .await?;
    for table in Table::ALL {
        let mut changes = vec!["disable trigger user".to_owned()];
        if table.of_clinic() {
            changes.push("no force row level security".to_owned());
        }
        changes.extend(
            references
                .iter()
                .filter(|r| r.table == table.name())
                .map(|r| format!("drop constraint {}", r.name)),
        );
        alter(connection, table.name(), &changes).await?;
    }
    Ok(references)
}

/// Puts everything back as it was; a row that names one that is not there ends the loading here.
pub async fn close(connection: &mut PgConnection, references: &[Reference]) -> sqlx::Result<()> {
    connection.execute("set local maintenance_work_mem = '128MB'").await?;
    for Reference { table, name, definition } in references {
        alter(connection, table, &[format!("add constraint {name} {definition}")]).await?;
    }
    for table in Table::ALL {
        let mut changes = vec!["enable trigger user".to_owned()];
        if table.of_clinic() {
            changes.push("force row level security".to_owned());
        }
        alter(connection, table.name(), &changes).await?;
    }
    Ok(())
}

async fn alter(connection: &mut PgConnection, table: &str, changes: &[String]) -> sqlx::Result<()> {
    let sql = format!("alter table {table} {}", changes.join(", "));
    connection.execute(AssertSqlSafe(sql)).await?;
    Ok(())
}
