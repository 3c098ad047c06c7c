/** The type of which the containers are evaluated. */
export const taskDefinition = 'AWS::ECS::TaskDefinition';
