import { databaseLoginsAreWatched } from '../../../lib/controls/guardduty/database-logins-are-watched.ts';
import { testControl } from '../harness.ts';
import { detector, rowsOf } from './detector.ts';

testControl(databaseLoginsAreWatched, { base: detector(), rows: rowsOf('RDS_LOGIN_EVENTS') });
