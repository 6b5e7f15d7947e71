-- Lay every day from %(first)s to %(last)s that is not laid yet.
INSERT INTO laid
SELECT
    day,
    scheduled_at,
    scheduled_at + dep_delay * interval '1 minute',
    scheduled_at + (dep_delay + air_time) * interval '1 minute',
    dep_delay, arr_delay, air_time, carrier, flight, tailnum, origin, dest, distance
FROM (
    SELECT
        cycle.day::date AS day,
        (cycle.day + make_interval(hours => raw.hour, mins => raw.minute)) AT TIME ZONE %(zone)s AS scheduled_at,
        raw.dep_delay, raw.arr_delay, raw.air_time,
        raw.carrier, raw.flight, raw.tailnum, raw.origin, raw.dest, raw.distance
    FROM generate_series(%(first)s::timestamp, %(last)s::timestamp, interval '1 day') AS cycle (day)
    JOIN raw ON make_date(raw.year, raw.month, raw.day) = %(origin)s + mod(cycle.day::date - %(origin)s, 364)
    WHERE NOT EXISTS (SELECT FROM laid WHERE laid.day = cycle.day::date)
) AS placed
ORDER BY scheduled_at
