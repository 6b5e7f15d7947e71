"""Asking people for their numbers by mail: an outbox in the database, sent by whichever worker comes first.

A mail is never lost. It is sent twice only if we die between the mail server's yes and our writing that down.
"""
