/** The stack that listens in another region, by the name of the one that evaluates. */
export const earsStackName = (hub: string, region: string): string => `${hub}Ears-${region}`;

/** The stack of the documents for hosts in another region, by the name of the one that evaluates. */
export const hostsStackName = (hub: string, region: string): string => `${hub}Hosts-${region}`;

/** The stack of the roles and ears in another account; it has this name in each region. */
export const memberStackName = (hub: string): string => `${hub}Member`;

/** The stack of the role that changes something in another account; in the home region alone. */
export const memberChangesStackName = (hub: string): string => `${memberStackName(hub)}Changes`;

/** The stack of the documents for hosts in another account, and of the role by which they are asked; in each region. */
export const memberHostsStackName = (hub: string): string => `${memberStackName(hub)}Hosts`;

/** The StackSet of the roles in the accounts of an organization; that of what listens is called as the stack of both. */
export const memberRolesStackName = (hub: string): string => `${memberStackName(hub)}Roles`;

/** What CloudFormation puts before the names of all that listens elsewhere. */
export const earsPrefix = (hub: string): string => earsStackName(hub, '');

/** The stack of the StackSets, which people deploy where StackSets are administered. */
export const membersStackName = 'PlumblineMembers';
