import { ec2Drifts } from './drifts/ec2.ts';
import { testPlansOf } from './plans.ts';

testPlansOf(ec2Drifts);
