import { Button, Select, TextInput, Title } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { Link, useSearchParams } from 'react-router';
import { useProductGroups, useProducts } from '../../lib/data/products.ts';
import { EmptyCase } from '../../ui/empty-case.tsx';
import { GroupList } from './group-list.tsx';
import { ProductList } from './product-list.tsx';
import classes from './products.module.css';
import type { OnProcess } from './wanted.ts';
import { words } from './words.ts';

const TYPING_MS = 250;
const LONGEST = 100;

/** Pictures by what the shop calls them. onProcess: somebody wants to do something with those of a group or product. */
export function Products({ onProcess }: { onProcess: OnProcess }) {
  const [asked, ask] = useSearchParams();
  const [group, typed] = [asked.get('group') ?? '', asked.get('q') ?? ''];
  const [q] = useDebouncedValue(typed.trim(), TYPING_MS);
  const query = { ...(q !== '' && { q }), ...(group !== '' && { product_group: group }) };
  // Where there is no product at all, there is nothing to search.
  const hasNone = useProducts(query).data?.length === 0 && typed === '' && q === '' && group === '';
  return (
    <div className={classes.page}>
      <Title order={1} size="h2">
        {words.title}
      </Title>
      <GroupList onProcess={onProcess} />
      <section aria-label={words.bySku}>
        {!hasNone && (
          <>
            <Title order={2} size="h3" mb="md">
              {words.bySku}
            </Title>
            <Finder group={group} typed={typed} />
          </>
        )}
        <ProductList {...{ query, onProcess }} empty={<NoProducts />} onAll={() => ask({}, { replace: true })} />
      </section>
    </div>
  );
}

function Finder({ group, typed }: { group: string; typed: string }) {
  const [, ask] = useSearchParams();
  const groups = useProductGroups().data ?? [];
  const change = (name: string, value: string) =>
    ask(
      (before) => {
        if (value === '') before.delete(name);
        else before.set(name, value);
        return before;
      },
      { replace: true },
    );
  return (
    <div className={classes.finder}>
      <TextInput
        type="search"
        label={words.search}
        placeholder={words.searchHint}
        leftSection={<IconSearch size={18} stroke={1.6} aria-hidden />}
        value={typed}
        maxLength={LONGEST}
        onChange={({ currentTarget }) => change('q', currentTarget.value)}
      />
      {groups.length > 0 && (
        <Select
          clearable
          searchable
          label={words.group}
          placeholder={words.anyGroup}
          data={groups.map(({ name }) => name)}
          value={group === '' ? null : group}
          onChange={(chosen) => change('group', chosen ?? '')}
        />
      )}
    </div>
  );
}

function NoProducts() {
  const { title, text, upload, gallery } = words.empty;
  return (
    <EmptyCase title={title} text={text}>
      <Button component={Link} to="/upload">
        {upload}
      </Button>
      <Button component={Link} to="/gallery" variant="default">
        {gallery}
      </Button>
    </EmptyCase>
  );
}
