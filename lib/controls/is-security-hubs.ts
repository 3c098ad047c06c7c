import { namedIn } from '../support/named-in.ts';
import { securityHubNumbers } from './security-hub-ids.generated.ts';

/** Whether Security Hub has a control of this id, in this catalogue or not. */
export const isSecurityHubs = (id: string): boolean => {
  const [service = '', number = ''] = id.split('.');
  return namedIn(securityHubNumbers, service)?.split(' ').includes(number) ?? false;
};
