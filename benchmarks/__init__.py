"""Measurements against public sets and peers. None of them runs in the tests."""
