import { s3Drifts } from './drifts/s3.ts';
import { testPlansOf } from './plans.ts';

testPlansOf(s3Drifts);
