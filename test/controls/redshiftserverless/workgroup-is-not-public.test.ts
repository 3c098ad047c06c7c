import type { Clients } from '../../../lib/aws/clients.ts';
import { workgroupIsNotPublic } from '../../../lib/controls/redshiftserverless/workgroup-is-not-public.ts';
import { nameOf, type Turn } from '../../local/path/turns/turn.ts';
import { testControl } from '../harness.ts';
import { workgroup } from './workgroup.ts';

testControl(workgroupIsNotPublic, {
  base: workgroup(),
  rows: {
    'it is private': { given: {}, verdict: 'PASS' },
    'it is public': {
      given: workgroup({ isPublic: true }),
      verdict: 'FAIL',
      evidence: ['workgroup.isPublic'],
    },
    'it is public while it is made': {
      given: workgroup({ isPublic: true, status: 'CREATING' }),
      verdict: 'FAIL',
    },
    'nothing is said of it': { given: workgroup({ isPublic: undefined }), verdict: 'UNKNOWN' },
  },
});

const publish = async (clients: Clients, workgroupName: string, publiclyAccessible: boolean) =>
  (await clients('redshiftserverless')).updateWorkgroup({ workgroupName, publiclyAccessible });
export const turn: Turn = {
  control: 'RedshiftServerless.3',
  type: 'AWS::RedshiftServerless::Workgroup',
  make: async (clients) => {
    const workgroupName = nameOf('turn');
    const redshift = await clients('redshiftserverless');
    await redshift.createWorkgroup({ workgroupName, namespaceName: 'n' });
    return workgroupName;
  },
  wrong: (clients, name) => publish(clients, name, true),
  right: (clients, name) => publish(clients, name, false),
};
