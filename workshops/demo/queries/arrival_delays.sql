SELECT ts, arr_delay AS bound, count(*) AS flights
FROM generate_series(%(start)s::timestamptz, %(end)s::timestamptz - interval '1 us', %(step)s::interval) AS ts
JOIN arrivals ON landed_at >= ts AND landed_at < ts + %(step)s::interval
GROUP BY ts, arr_delay
ORDER BY ts, arr_delay
