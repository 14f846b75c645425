/** Every page and its address. Pages come in when they are first looked at. */
import type { ComponentType } from 'react';
import { createBrowserRouter, type RouteObject } from 'react-router';
import { Crash } from './crash.tsx';
import { Frame } from './frame/frame.tsx';
import { Outer, Personal } from './gates.tsx';
import { words } from './words.ts';

interface Page {
  readonly Component: ComponentType;
}

/** A page that does not come is a page that fails: left to itself, the router goes on waiting and shows nothing. */
const page = (load: () => Promise<Page>) => () =>
  load().catch((error: unknown): Page => {
    const Missing = () => {
      throw error;
    };
    return { Component: Missing };
  });

const framed: RouteObject[] = [
  { path: 'gallery', handle: { title: words.gallery }, lazy: page(() => import('./pages/gallery.tsx')) },
  { path: 'trash', handle: { title: words.trash }, lazy: page(() => import('./pages/trash.tsx')) },
  { path: 'upload', handle: { title: words.upload }, lazy: page(() => import('./pages/upload.tsx')) },
  { path: 'batches', handle: { title: words.batches }, lazy: page(() => import('./pages/batches.tsx')) },
  { path: 'batches/:id', handle: { title: words.batch }, lazy: page(() => import('./pages/batch.tsx')) },
  { path: 'imports/:id', handle: { title: words.import }, lazy: page(() => import('./pages/import.tsx')) },
  { path: 'products', handle: { title: words.products }, lazy: page(() => import('./pages/products.tsx')) },
  { path: 'albums', handle: { title: words.albums }, lazy: page(() => import('./pages/albums.tsx')) },
  { path: 'albums/:id', handle: { title: words.album }, lazy: page(() => import('./pages/album.tsx')) },
  { path: 'profile', handle: { title: words.profile }, lazy: page(() => import('./pages/profile.tsx')) },
  { path: 'admin', handle: { title: words.admin }, lazy: page(() => import('./pages/admin.tsx')) },
];

const whole: RouteObject[] = [
  { path: 'images/:id', handle: { title: words.image }, lazy: page(() => import('./pages/image.tsx')) },
  { path: 'images/:id/edit', handle: { title: words.edit }, lazy: page(() => import('./pages/edit.tsx')) },
];

const open: RouteObject[] = [
  { index: true, lazy: page(() => import('./pages/home.tsx')) },
  { path: 'sign-in', handle: { title: words.signIn }, lazy: page(() => import('./pages/sign-in.tsx')) },
  { path: 'sign-up', handle: { title: words.signUp }, lazy: page(() => import('./pages/sign-up.tsx')) },
  { path: 's/:token', handle: { title: words.shared }, lazy: page(() => import('./pages/shared.tsx')) },
];

export const router = createBrowserRouter([
  {
    Component: Outer,
    ErrorBoundary: Crash,
    HydrateFallback: () => null,
    children: [
      ...open.map((route) => ({ ...route, ErrorBoundary: Crash })),
      {
        Component: Personal,
        children: [
          { Component: Frame, children: framed.map((route) => ({ ...route, ErrorBoundary: Crash })) },
          ...whole.map((route) => ({ ...route, ErrorBoundary: Crash })),
        ],
      },
      { path: '*', handle: { title: words.notFound.title }, lazy: page(() => import('./pages/not-found.tsx')) },
    ],
  },
]);
