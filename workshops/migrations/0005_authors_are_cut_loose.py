from django.db import migrations

AUTHORS = """
create function workshops_guard_author() returns trigger language plpgsql as $$
declare
    is_anonymous boolean := (select w.is_anonymous from workshops_workshop w where w.id = new.workshop_id);
begin
    if is_anonymous and new.is_revealed and new.participant_id is not null then
        raise exception 'what an anonymous workshop reveals has no author'
            using errcode = 'check_violation', constraint = tg_argv[0] || '_has_no_author_once_revealed';
    end if;
    if not is_anonymous and new.participant_id is null then
        raise exception 'only an anonymous workshop forgets authors'
            using errcode = 'check_violation', constraint = tg_argv[0] || '_has_an_author';
    end if;
    return null;
end $$;
create trigger answer_author after insert or update on workshops_answer
    for each row execute function workshops_guard_author('answer');
create trigger opinion_author after insert or update on workshops_opinion
    for each row execute function workshops_guard_author('opinion');
create trigger card_author after insert or update on workshops_card
    for each row execute function workshops_guard_author('card');
"""
# Who has written in the belief that nobody learns it must be able to rely on it.
WORKSHOP = """
create function workshops_stay_anonymous() returns trigger language plpgsql as $$
begin
    raise exception 'workshop % began otherwise', old.id
        using errcode = 'check_violation', constraint = 'workshop_stays_as_anonymous_as_it_began';
end $$;
create trigger workshop_stays_anonymous before update of is_anonymous on workshops_workshop
    for each row when (old.is_anonymous is distinct from new.is_anonymous)
    execute function workshops_stay_anonymous();
"""
UNDO = """
drop trigger workshop_stays_anonymous on workshops_workshop;
drop function workshops_stay_anonymous();
drop trigger card_author on workshops_card;
drop trigger opinion_author on workshops_opinion;
drop trigger answer_author on workshops_answer;
drop function workshops_guard_author();
"""


class Migration(migrations.Migration):
    dependencies = [("workshops", "0004_anonymity_and_agreements")]

    operations = [migrations.RunSQL(AUTHORS + WORKSHOP, UNDO)]
