import { log } from '@/lib/log';

// A test that fails is found by what it says, not between a thousand lines of what went well.
log.level = 'warn';
