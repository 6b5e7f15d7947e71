SELECT
    ts,
    (
        SELECT count(*) FROM departures
        WHERE departed_at >= ts AND departed_at < ts + %(step)s::interval
    ) AS departures,
    (
        SELECT count(*) FROM scheduled
        WHERE cancelled AND scheduled_at >= ts AND scheduled_at < ts + %(step)s::interval
    ) AS cancellations
FROM generate_series(%(start)s::timestamptz, %(end)s::timestamptz - interval '1 us', %(step)s::interval) AS ts
ORDER BY ts
