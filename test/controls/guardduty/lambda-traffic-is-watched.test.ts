import { lambdaTrafficIsWatched } from '../../../lib/controls/guardduty/lambda-traffic-is-watched.ts';
import { testControl } from '../harness.ts';
import { detector, rowsOf } from './detector.ts';

testControl(lambdaTrafficIsWatched, { base: detector(), rows: rowsOf('LAMBDA_NETWORK_LOGS') });
