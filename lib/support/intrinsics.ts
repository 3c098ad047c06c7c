/** Whether a key names a function of CloudFormation: `Ref`, `Fn::Sub`. */
export const isIntrinsic = (key: string): boolean => key === 'Ref' || key.startsWith('Fn::');
