from django.db import migrations

FORBID = """
create function mdd_append_only() returns trigger language plpgsql as $$
begin
    raise exception '% is append-only', tg_table_name using errcode = 'restrict_violation';
end $$;
create trigger audit_append_only before update or delete on mdd_auditentry
    for each row execute function mdd_append_only();
"""
ALLOW = """
drop trigger audit_append_only on mdd_auditentry;
drop function mdd_append_only();
"""


class Migration(migrations.Migration):
    dependencies = [("mdd", "0001_people_statements_traces")]

    operations = [migrations.RunSQL(FORBID, ALLOW)]
