import { vpcHasEndpointOfIncidentContacts } from '../../../lib/controls/vpc/vpc-has-endpoint-of-incident-contacts.ts';
import { testControl } from '../harness.ts';
import { endpointRows } from './endpoints.ts';

testControl(vpcHasEndpointOfIncidentContacts, { rows: endpointRows('ssm-contacts') });
