SELECT ts, dep_delay AS bound, count(*) AS flights
FROM generate_series(%(start)s::timestamptz, %(end)s::timestamptz - interval '1 us', %(step)s::interval) AS ts
JOIN departures ON departed_at >= ts AND departed_at < ts + %(step)s::interval
GROUP BY ts, dep_delay
ORDER BY ts, dep_delay
