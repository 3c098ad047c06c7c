import { iamDrifts } from './drifts/iam.ts';
import { testPlansOf } from './plans.ts';

// An account has one password policy, which other files on the same AWS change as well.
delete process.env['PLUMBLINE_TEST_ENDPOINT'];
testPlansOf(iamDrifts);
