import { ActionIcon, Button, FileButton, Group, Input, Text } from '@mantine/core';
import { IconTable, IconX } from '@tabler/icons-react';
import { formatBytes } from '../../../lib/format.ts';
import { words } from '../words.ts';

interface TableFieldProps {
  readonly table: File | undefined;
  readonly onChange: (table: File | undefined) => void;
}

/** A spreadsheet that goes with the pictures, if there is one. */
export function TableField({ table, onChange }: TableFieldProps) {
  const { fresh } = words;
  return (
    <Input.Wrapper label={fresh.table} description={fresh.tableText} labelElement="div">
      <Group mt={6} gap="sm" wrap="nowrap">
        {table ? (
          <>
            <IconTable size={20} stroke={1.6} aria-hidden />
            <Text size="sm" truncate>
              {table.name}, {formatBytes(table.size)}
            </Text>
            <ActionIcon size={40} aria-label={fresh.tableRemove} onClick={() => onChange(undefined)}>
              <IconX size={18} stroke={1.6} aria-hidden />
            </ActionIcon>
          </>
        ) : (
          <FileButton accept=".csv,text/csv,text/plain" onChange={(file) => onChange(file ?? undefined)}>
            {(button) => (
              <Button {...button} variant="default">
                {fresh.tableChoose}
              </Button>
            )}
          </FileButton>
        )}
      </Group>
    </Input.Wrapper>
  );
}
