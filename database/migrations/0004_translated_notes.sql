-- Release notes in further languages: notes_markdown is English, a client that reads another language had nothing else.
-- Up Migration

-- Markdown by locale, such as {"fr": "…"}; a build that was announced before has none.
alter table build
  add column translations jsonb not null default '{}' check (jsonb_typeof(translations) = 'object');
