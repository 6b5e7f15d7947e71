from workshops.demo import squad as demo, flights as loader
import pytest, time, cProfile, pstats

def test_it(db, flights, settings):
    settings.EGRESS_ALLOW = (f"{flights.host}:{flights.port}",)
    p=cProfile.Profile(); p.enable()
    t=time.time()
    squad = demo.load(flights)
    print('took', time.time()-t)
    p.disable(); pstats.Stats(p).sort_stats('cumtime').print_stats(45)
    assert 0
