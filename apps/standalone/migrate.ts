import { migrate } from '../../database/migrate.ts';
import { seedDefaults } from '../../database/seed-defaults.ts';
import { withDatabase } from './database/prepare-database.ts';
import { messageOf } from './display/message-of.ts';

const url = process.env['DATABASE_URL'] ?? '';

if (url === '') {
  process.stderr.write(
    'Set DATABASE_URL to the database to migrate. The one that "npm start" embeds is migrated by every start.\n',
  );
  process.exitCode = 2;
} else {
  try {
    const ran = await migrate(url);
    await withDatabase(url, (database) => seedDefaults(database));
    process.stdout.write(
      ran.length === 0 ? 'The schema is current already.\n' : `Migrated: ${ran.join(', ')}\n`,
    );
  } catch (error) {
    process.stderr.write(`The database could not be migrated: ${messageOf(error)}\n`);
    process.exitCode = 1;
  }
}
