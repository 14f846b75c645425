import { PasswordInput, type PasswordInputProps } from '@mantine/core';
import { words } from './words.ts';

/** A password that can be looked at, by keyboard too. */
export function PasswordField(props: PasswordInputProps) {
  return (
    <PasswordInput
      required
      withAsterisk={false}
      visibilityToggleButtonProps={{ 'aria-label': words.showPassword, tabIndex: 0 }}
      {...props}
    />
  );
}
