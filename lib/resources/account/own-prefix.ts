/** What CloudFormation puts before the names of the resources of our stack. */
export const stackPrefix = 'Plumbline-';
