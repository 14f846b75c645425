/** Every page and its address. Pages come in when they are first looked at. */
import { createBrowserRouter, type RouteObject } from 'react-router';
import { Crash } from './crash.tsx';
import { Frame } from './frame/frame.tsx';
import { Outer, Personal } from './gates.tsx';

const framed: RouteObject[] = [
  { path: 'gallery', lazy: () => import('./pages/gallery.tsx') },
  { path: 'trash', lazy: () => import('./pages/trash.tsx') },
  { path: 'upload', lazy: () => import('./pages/upload.tsx') },
  { path: 'albums', lazy: () => import('./pages/albums.tsx') },
  { path: 'albums/:id', lazy: () => import('./pages/album.tsx') },
  { path: 'profile', lazy: () => import('./pages/profile.tsx') },
  { path: 'admin', lazy: () => import('./pages/admin.tsx') },
];

const whole: RouteObject[] = [
  { path: 'images/:id', lazy: () => import('./pages/image.tsx') },
  { path: 'images/:id/edit', lazy: () => import('./pages/edit.tsx') },
];

const open: RouteObject[] = [
  { index: true, lazy: () => import('./pages/home.tsx') },
  { path: 'sign-in', lazy: () => import('./pages/sign-in.tsx') },
  { path: 'sign-up', lazy: () => import('./pages/sign-up.tsx') },
  { path: 's/:token', lazy: () => import('./pages/shared.tsx') },
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
      { path: '*', lazy: () => import('./pages/not-found.tsx') },
    ],
  },
]);
