import { iamDrifts } from './drifts/iam.ts';
import { testPlansOf } from './plans.ts';

testPlansOf(iamDrifts);
