from django.db import migrations

# A metric is watched while somebody will act on it. Alert rules add one condition here.
WATCHED = """
create function metrics_is_watched(asked bigint) returns boolean language sql stable as $$
    select exists (select from metrics_goal where metric_id = asked and state = 'active')
$$;
"""

# Locks come first and in this order: metric, then dashboards by id. Each statement after a lock sees what was
# committed while we waited for it.
DEGRADED = """
create function metrics_judge_dashboards(asked bigint[]) returns void language plpgsql as $$
begin
    perform from metrics_dashboard where id = any (asked) order by id for no key update;
    update metrics_dashboard set degraded_since = case when judged.is_degraded then now() end
    from (
        select dashboard.id, exists (
            select from metrics_tile tile
            where tile.dashboard_id = dashboard.id and not metrics_is_watched(tile.metric_id)
        ) as is_degraded
        from metrics_dashboard dashboard where dashboard.id = any (asked)
    ) judged
    where metrics_dashboard.id = judged.id and judged.is_degraded = (metrics_dashboard.degraded_since is null);
end $$;
"""

TILE = """
create function metrics_guard_tile() returns trigger language plpgsql as $$
begin
    perform from metrics_metric where id = new.metric_id for no key update;
    if not metrics_is_watched(new.metric_id) then
        raise exception 'metric % has no active goal and no enabled alert rule', new.metric_id
            using errcode = 'check_violation', constraint = 'tile_metric_is_watched';
    end if;
    if (select squad_id from metrics_metric where id = new.metric_id)
            is distinct from (select squad_id from metrics_dashboard where id = new.dashboard_id) then
        raise exception 'metric % is another squad''s', new.metric_id
            using errcode = 'check_violation', constraint = 'tile_of_the_same_squad';
    end if;
    return null;
end $$;
create constraint trigger tile_gate after insert or update of metric_id, dashboard_id on metrics_tile
    for each row execute function metrics_guard_tile();

create function metrics_follow_tile() returns trigger language plpgsql as $$
begin
    perform metrics_judge_dashboards(array[old.dashboard_id, new.dashboard_id]);
    return null;
end $$;
create trigger tile_followed after update of metric_id, dashboard_id or delete on metrics_tile
    for each row execute function metrics_follow_tile();
"""

GOAL = """
create function metrics_follow_goal() returns trigger language plpgsql as $$
declare
    touched bigint[] := array[old.metric_id, new.metric_id];
begin
    update metrics_metric set changed_at = clock_timestamp() where id = any (touched);
    perform metrics_judge_dashboards(
        array(select dashboard_id from metrics_tile where metric_id = any (touched))
    );
    return null;
end $$;
create trigger goal_followed after insert or update of state, metric_id or delete on metrics_goal
    for each row execute function metrics_follow_goal();

create function metrics_keep_goal() returns trigger language plpgsql as $$
declare
    free text[] := '{succeeded_by_id}';
begin
    if old.state = 'active' then
        free := free || '{state,ended_on,ended_because}';
    end if;
    if new.state = 'draft' or to_jsonb(new) - free <> to_jsonb(old) - free then
        raise exception 'goal % is %: it can be ended, not edited', old.id, old.state
            using errcode = 'check_violation', constraint = 'goal_is_never_edited';
    end if;
    return new;
end $$;
create trigger goal_kept before update on metrics_goal
    for each row when (old.state <> 'draft') execute function metrics_keep_goal();
"""

SQUAD = """
create function metrics_keep_squad() returns trigger language plpgsql as $$
begin
    raise exception '% % stays with its squad', tg_table_name, old.id
        using errcode = 'check_violation', constraint = 'squad_is_for_good';
end $$;
create trigger metric_stays before update of squad_id on metrics_metric
    for each row when (old.squad_id <> new.squad_id) execute function metrics_keep_squad();
create trigger dashboard_stays before update of squad_id on metrics_dashboard
    for each row when (old.squad_id <> new.squad_id) execute function metrics_keep_squad();
"""

UNDO = """
drop trigger dashboard_stays on metrics_dashboard;
drop trigger metric_stays on metrics_metric;
drop function metrics_keep_squad();
drop trigger goal_kept on metrics_goal;
drop function metrics_keep_goal();
drop trigger goal_followed on metrics_goal;
drop function metrics_follow_goal();
drop trigger tile_followed on metrics_tile;
drop function metrics_follow_tile();
drop trigger tile_gate on metrics_tile;
drop function metrics_guard_tile();
drop function metrics_judge_dashboards(bigint[]);
drop function metrics_is_watched(bigint);
"""


class Migration(migrations.Migration):
    dependencies = [("metrics", "0001_tables")]

    operations = [migrations.RunSQL(WATCHED + DEGRADED + TILE + GOAL + SQUAD, UNDO)]
