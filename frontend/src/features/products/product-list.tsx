import { Button, Skeleton } from '@mantine/core';
import { useWindowVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useState, type ReactNode } from 'react';
import { Link } from 'react-router';
import {
  useProductGroups,
  useProducts,
  type Product,
  type ProductGroup,
  type ProductsQuery,
} from '../../lib/data/products.ts';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { Fan } from './fan.tsx';
import { ProcessButton } from './process-button.tsx';
import classes from './products.module.css';
import { galleryOf, ofProduct, ownOf, type OnProcess } from './wanted.ts';
import { words } from './words.ts';

const ROW_PX = 80;
const AROUND = 6;
const SKELETONS = 5;

interface ProductListProps {
  readonly query: ProductsQuery;
  readonly onProcess: OnProcess;
  /** There is no product at all. */
  readonly empty: ReactNode;
  readonly onAll: () => void;
}

/** Products by SKU, read on as somebody scrolls. */
export function ProductList({ query, onProcess, empty, onAll }: ProductListProps) {
  const { data, error, refetch, hasNextPage, isFetching, fetchNextPage } = useProducts(query);
  const groups = useProductGroups().data;
  const found = data?.length ?? 0;
  const [above, setAbove] = useState(0);
  const virtual = useWindowVirtualizer({
    count: found + (hasNextPage ? 1 : 0),
    estimateSize: () => ROW_PX,
    overscan: AROUND,
    scrollMargin: above,
  });
  const seen = virtual.getVirtualItems();
  const wantsMore = hasNextPage && !isFetching && !error && (seen.at(-1)?.index ?? 0) >= found - AROUND;
  useEffect(() => {
    if (wantsMore) void fetchNextPage();
  }, [wantsMore, fetchNextPage]);
  if (error && !data) return <ProblemNotice error={error} onRetry={() => void refetch()} />;
  if (!data) return <Skeletons />;
  if (found === 0) return isAll(query) ? empty : <Nothing query={query} onAll={onAll} />;
  return (
    <>
      <ul
        className={classes.virtual}
        aria-label={words.list}
        style={{ height: virtual.getTotalSize() }}
        ref={(list) => {
          if (list) setAbove(list.offsetTop);
        }}
      >
        {seen.map(({ index, start }) => (
          <li
            key={index}
            className={classes.product}
            style={{ transform: `translateY(${start - above}px)`, height: ROW_PX }}
            aria-posinset={index + 1}
            aria-setsize={hasNextPage ? -1 : found}
          >
            {data[index] ? <ProductRow product={data[index]} {...{ groups, onProcess }} /> : <Skeleton height={56} />}
          </li>
        ))}
      </ul>
      {error && (
        <Button variant="default" mt="md" onClick={() => void fetchNextPage()}>
          {words.more}
        </Button>
      )}
    </>
  );
}

const isAll = ({ q, product_group }: ProductsQuery): boolean => q === undefined && product_group === undefined;

interface ProductRowProps {
  readonly product: Product;
  readonly groups: readonly ProductGroup[] | undefined;
  readonly onProcess: OnProcess;
}

function ProductRow({ product, groups, onProcess }: ProductRowProps) {
  const { sku, product_group, images, covers } = product;
  const own = ownOf(groups?.find(({ name }) => name === product_group));
  return (
    <>
      <Link to={galleryOf({ sku })} className={classes.what ?? ''}>
        <Fan ids={covers} />
        <span className={classes.text}>
          <b>{sku}</b>
          <small>{[product_group, words.pictures(images)].filter(Boolean).join(' · ')}</small>
        </span>
      </Link>
      <ProcessButton name={sku} disabled={images === 0} onClick={() => onProcess(ofProduct(product), own)} />
    </>
  );
}

function Nothing({ query, onAll }: Pick<ProductListProps, 'query' | 'onAll'>) {
  return (
    <div className={classes.nothing}>
      <p>{query.q === undefined ? words.nothingIn : words.nothing}</p>
      <Button variant="default" onClick={onAll}>
        {words.seeAll}
      </Button>
    </div>
  );
}

const Skeletons = () => (
  <div aria-hidden>
    {Array.from({ length: SKELETONS }, (_, at) => (
      <Skeleton key={at} height={56} mb={24} />
    ))}
  </div>
);
