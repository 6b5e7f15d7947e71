SELECT
    ts,
    100 * avg((arr_delay < 15)::int) AS on_time,
    avg(dep_delay - arr_delay) AS made_up,
    count(arr_delay) AS weight
FROM generate_series(%(start)s::timestamptz, %(end)s::timestamptz - interval '1 us', %(step)s::interval) AS ts
LEFT JOIN arrivals ON landed_at >= ts AND landed_at < ts + %(step)s::interval
GROUP BY ts
ORDER BY ts
