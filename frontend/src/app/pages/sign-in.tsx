import { Text } from '@mantine/core';

export function Component() {
  return <Text p="lg">sign-in</Text>;
}
