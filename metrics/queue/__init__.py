"""The queue is the table of refreshes; the broker only carries hints about it.

due        gives each slot that has ended its row, once
publish    tells the workers which rows wait, up to 50 of one source a message
leases     lets one worker at a time hold a row, for as long as it shows signs of life
asking     puts the question to the source
errors     tells the squad why there is nothing newer
outcomes   writes the answer or the failure, if the row is still held
breaker    leaves a source alone that is in trouble

Any number of messages, workers, beats and crashes: each slot is answered once.
"""
