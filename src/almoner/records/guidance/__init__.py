"""Guidance as records: works, their dated editions, the paragraphs of each, and what changed between two.

What others call:

| module | what it does |
|---|---|
| `works` | `add_work`, `work_known_as` |
| `editions` | `add_edition` (bytes of any format → paragraphs), `read_again`, `set_status`, `take_back` |
| `audiences` | `tell_audiences`: whom a part is for; carried to the next edition |
| `comparisons` | `compare(old, new)`: made once, kept as JSON, made anew when the engine or a text changed; `in_full` for exports |
| `standing` | what an edition is on a day: worked out from its dated statuses and the other editions', never written down |
| `queries` | works for lists, editions in order, a paragraph by its address, dates for a calendar, newest comparisons, items about a work |
| `references` | which edition an item means, and whether another has taken its place |
| `notes` | what an editor says beside a change |
| `proposals` | items that seem to announce an edition, for an editor to attach or dismiss |
"""
