import { databaseAddress, describeDatabase, onThisMachine } from '@/scripts/support/database-address';

describe('where a database URL leads', () => {
  it.each([
    ['postgresql://ana:canary@db.example.com/latchkey', false, 'the database "latchkey" on db.example.com:5432'],
    ['postgresql://ana:canary@localhost:5433/latchkey', true, 'the database "latchkey" on localhost:5433'],
    ['postgresql://ana:canary@127.0.0.1/a%20b?password=canary', true, 'the database "a b" on 127.0.0.1:5432'],
    ['postgresql://ana:canary@[::1]:5433/latchkey', true, 'the database "latchkey" on [::1]:5433'],
    [
      'postgresql://ana:canary@localhost/latchkey?host=db.example.com',
      false,
      'the database "latchkey" on db.example.com:5432',
    ],
    ['postgresql://ana:canary@/latchkey?host=/run/postgresql', true, 'the database "latchkey" on /run/postgresql:5432'],
    ['postgresql://localhost.example.com/latchkey', false, 'the database "latchkey" on localhost.example.com:5432'],
  ])('%s', (url, here, words) => {
    const address = databaseAddress(url);
    expect(onThisMachine(address)).toBe(here);
    expect(describeDatabase(address)).toBe(words);
  });
});
