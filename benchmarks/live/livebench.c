/* livebench - fan-out load generator for a live board (SSE or WebSocket), one thread, epoll.
 *
 * WHAT IT MEASURES
 *   N subscribers stay connected; M notes are posted; every note carries a unique marker
 *   "lbm%08dx". Latency = (time the POST was DUE) -> (time read() returned the bytes that
 *   complete the marker on a subscriber). Nothing of the payload format is assumed, so the same
 *   binary measures SSE, raw WebSocket, socket.io, Yjs, ...
 *
 * BUILD   cc -O2 -o livebench livebench.c
 *
 * USAGE   livebench [options]            (prints ONE json line on stdout)
 *   -P port            server port (127.0.0.1 only, on purpose)          -Q port  POST to another port
 *   -m sse|ws          subscriber transport                               (default sse)
 *   -u path            subscriber path; "%d" becomes the subscriber index
 *   -x "Name: value"   extra header for subscribers and posts (repeatable)
 *   -y "Name: value"   extra header for posts only (repeatable)
 *   -f file            line i (counted round) = extra header for subscriber i
 *   -S serial          the server counts instead of echoing: note i is the serial after `serial` + i, and a
 *                      subscriber has it when it reads "to":n with n at least that; there are no markers
 *   -i text            ws: text message to send after the handshake (repeatable, in order)
 *   -b hex             ws: binary message to send after the handshake (repeatable, in order)
 *   -w string          ws: wait until this was received before the next -i/-b (repeatable)
 *   -W string          subscriber is ready when this string was received (default: after the
 *                      http response header)
 *   -n N               subscribers (0 = write path only: a note counts when its POST is answered;
 *                      use -k 20 -s 20 for 20 concurrent writers)          (default 50)
 *   -c C               handshakes in flight while connecting              (default 32)
 *   -p http|ws         how notes are posted                               (default http)
 *   -U path            http post path       -B body    "%M" is replaced by the marker, "%U" by its 8 digits
 *   -T ctype           http content type (default application/x-www-form-urlencoded)
 *                      ws: -B is the text message to send
 *   -F file            ws: line i = hex of the binary message that posts note i (markers inside)
 *   -k K               poster connections (ws posters are extra, uncounted subscribers) (default 4)
 *   -M notes           notes counted       -E notes  warm-up notes first, not counted (default 5)
 *   -r rate            open loop, notes/s  (default 10)
 *   -s W               closed loop: keep W notes outstanding until all N have each (saturation)
 *   -d sec             hard limit for the delivery phase                  (default 60)
 *   -g sec             quiet time after connect, before RSS is read       (default 1)
 *   -a name=pid[,..]   processes whose cpu time (with child processes) and RSS are read
 *   -l label           copied into the result
 *
 * EXAMPLES
 *   livebench -P 8000 -u /b/1/stream -U /b/1/notes -B 'text=hello+%M' -n 200 -r 10 -M 200 -a srv=123
 *   livebench -P 3000 -m ws -u '/socket.io/?EIO=4&transport=websocket' -i 40 -w '40{' -i '42["join","b1"]' \
 *             -p ws -B '42["note","hello %M"]' -n 200 -s 4 -M 400 -a srv=123
 *
 * RESULT FIELDS  lat_* ms over all (note,subscriber) pairs; last_* ms from due to the LAST
 *   subscriber; ack_* ms of the http post; dps deliveries/s; cpu_* = cpu seconds per 100k
 *   deliveries; rss_kb_conn = RSS growth per subscriber; missing = pairs never received;
 *   ooo = pairs received after a later note; client_cpu = busy share of this program (keep < 0.9
 *   or it is the bottleneck); steps = with -S: how often a subscriber read "to":, fewer than received where
 *   the server joined several notes into one write.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/timerfd.h>
#include <time.h>
#include <unistd.h>

#define CARRY 16
enum { SUB, WPOST, HPOST };
enum { CONNECTING, HANDSHAKE, INIT, READY, DEAD };
typedef struct {
  int fd, kind, st, idx;
  char carry[CARRY]; int ncarry;         /* tail of stream, markers may be split */
  char hd[8192]; int nhd;                /* handshake / http response buffer     */
  uint64_t left; int op, hlen; unsigned char fh[16]; int inpay; /* ws frame parser */
  char pl0; uint64_t plen;
  int note;                              /* http post in flight, or -1           */
  int ip;                                /* next handshake message               */
  double t_open, t_ready; int last;
  int tm; long tn;                       /* -S: characters of "to": matched, and the number behind it */
  unsigned char *seen;
  uint64_t bytes;
} Conn;

static int port = 8000, pport = 0, ws, wspost, N = 50, C = 32, K = 4, M = 200, E = 5, win, settle_ms = 1000, dl = 60;
static double rate = 10; static const char *path = "/", *ppath = "/", *body = "text=%M", *ctype = "application/x-www-form-urlencoded", *ready_s, *label = "";
static const char *xh[16]; static int nxh; static const char *yh[16]; static int nyh; static char **fh_; static int nfh; static long serial0 = -1, steps_seen; static struct { int bin; char *s; int n; } ini[16]; static int nini;
static char **fl; static int *fln; static int nfl;
static int ep; static Conn *cs; static int nc, opened, nready, dead;
static double *due, *ackt; static float *lat; static long nlat; static int *got; static double *lastt;
static int base; /* first marker number: differs per run, so replayed old notes are not counted */
static int T, posted, done_notes, inflight; static long recvd, ooo, ackerr; static long unread_pairs;
static int q_head; static double t_first, t_end; static int acks;
static char rb[1 << 18];
static struct { char name[32]; int pid; double cpu0, cpu1; long rss0, rss1, rss2; } pr[16]; static int npr;

static double now(void) { struct timespec t; clock_gettime(CLOCK_MONOTONIC, &t); return t.tv_sec + t.tv_nsec * 1e-9; }
static void die(const char *m) { fprintf(stderr, "livebench: %s (%s)\n", m, strerror(errno)); exit(2); }

/* ---- process accounting: pid and its descendants ---- */
static int kids(int root, int *out, int max) {
  static int pid[8192], pp[8192]; int n = 0, k = 0; DIR *d = opendir("/proc"); struct dirent *e;
  while ((e = readdir(d)) && n < 8192) if (isdigit(e->d_name[0])) {
    char f[64], b[512]; snprintf(f, 64, "/proc/%.20s/stat", e->d_name); int fd = open(f, O_RDONLY); if (fd < 0) continue;
    int r = read(fd, b, 511); close(fd); if (r <= 0) continue; b[r] = 0; char *p = strrchr(b, ')'); if (!p) continue;
    pid[n] = atoi(e->d_name); pp[n] = atoi(p + 4); n++; }
  closedir(d); out[k++] = root;
  for (int i = 0; i < k; i++) for (int j = 0; j < n && k < max; j++) if (pp[j] == out[i]) out[k++] = pid[j];
  return k;
}
static double cpu_of(int root) { int p[256], n = kids(root, p, 256); double s = 0; for (int i = 0; i < n; i++) { clockid_t c; struct timespec t; if (!clock_getcpuclockid(p[i], &c) && !clock_gettime(c, &t)) s += t.tv_sec + t.tv_nsec * 1e-9; } return s; }
static long rss_of(int root) { int p[256], n = kids(root, p, 256); long s = 0; for (int i = 0; i < n; i++) { char f[64]; snprintf(f, 64, "/proc/%d/statm", p[i]); FILE *h = fopen(f, "r"); long a, b; if (h) { if (fscanf(h, "%ld %ld", &a, &b) == 2) s += b * 4; fclose(h); } } return s; }

static void wr(Conn *c, const char *b, int n) { while (n) { int r = write(c->fd, b, n); if (r < 0) { if (errno == EAGAIN) { usleep(200); continue; } c->st = DEAD; dead++; return; } b += r; n -= r; } }
static void wsend(Conn *c, int op, const char *b, int n) {
  char h[14 + 65536]; int k = 0; h[k++] = 0x80 | op; if (n < 126) h[k++] = 0x80 | n; else { h[k++] = 0x80 | 126; h[k++] = n >> 8; h[k++] = n; }
  memset(h + k, 0, 4); k += 4; memcpy(h + k, b, n); wr(c, h, k + n); }
static int subst(char *o, const char *t, int i) { char m[16]; snprintf(m, 16, "lbm%08dx", base + i); int k = 0; for (; *t; t++) if (t[0] == '%' && t[1] == 'M') { memcpy(o + k, m, 12); k += 12; t++; } else if (t[0] == '%' && t[1] == 'U') { memcpy(o + k, m + 3, 8); k += 8; t++; } else o[k++] = *t; o[k] = 0; return k; }

static void newconn(Conn *c, int kind, int idx) {
  memset(c, 0, sizeof *c); c->kind = kind; c->idx = idx; c->note = -1; c->last = -1; c->t_open = now();
  c->fd = socket(AF_INET, SOCK_STREAM, 0); if (c->fd < 0) die("socket");
  struct sockaddr_in a = { .sin_family = AF_INET, .sin_port = htons(kind == HPOST && pport ? pport : port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
  if (connect(c->fd, (void *)&a, sizeof a)) die("connect");
  fcntl(c->fd, F_SETFL, O_NONBLOCK); int one = 1; setsockopt(c->fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
  struct epoll_event ev = { .events = EPOLLIN, .data.ptr = c }; epoll_ctl(ep, EPOLL_CTL_ADD, c->fd, &ev);
  if (kind == HPOST) { c->st = READY; return; }
  char b[8192], pa[1024]; int k; snprintf(pa, sizeof pa, path, idx);
  k = snprintf(b, sizeof b, "GET %s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n%s", pa, port, ws ? "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\nOrigin: http://127.0.0.1\r\n" : "Accept: text/event-stream\r\nCache-Control: no-cache\r\n");
  for (int i = 0; i < nxh; i++) k += snprintf(b + k, sizeof b - k, "%s\r\n", xh[i]);
  if (nfh) k += snprintf(b + k, sizeof b - k, "%s\r\n", fh_[idx % nfh]);
  k += snprintf(b + k, sizeof b - k, "\r\n"); c->st = HANDSHAKE; wr(c, b, k);
}
static void init_step(Conn *c, const char *b, int n) { /* send -i/-b in order, honour -w */
  while (c->ip < nini) { if (ini[c->ip].bin == 2) { if (!b || !memmem(b, n, ini[c->ip].s, ini[c->ip].n)) return; b = NULL; } else wsend(c, ini[c->ip].bin ? 2 : 1, ini[c->ip].s, ini[c->ip].n); c->ip++; } }
static void isready(Conn *c) { c->st = READY; c->t_ready = now(); nready++; }

static void hit(Conn *c, int i, double t) {
  i -= base; if (i < 0 || i >= posted || c->kind != SUB) return;
  if (c->seen[i >> 3] & (1 << (i & 7))) return;
  c->seen[i >> 3] |= 1 << (i & 7);
  if (i < c->last) ooo++; else c->last = i;
  got[i]++; lastt[i] = t;
  if (i >= E) { lat[nlat++] = (t - due[i]) * 1e3; recvd++; t_end = t; }
  if (got[i] == N) { done_notes++; inflight--; }
}
static void count(Conn *c, const char *b, int n, double t) { /* -S: every note up to the number behind "to": has arrived */
  static const char to[] = "\"to\":";
  for (int i = 0; i < n; i++) {
    if (c->tm < 5) { c->tm = b[i] == to[c->tm] ? c->tm + 1 : b[i] == '"'; c->tn = 0; }
    else if (b[i] >= '0' && b[i] <= '9') c->tn = c->tn * 10 + b[i] - '0';
    else { long upto = c->tn - serial0; c->tm = 0; if (c->kind == SUB && upto - 1 > c->last && upto > E) steps_seen++; for (int k = c->last + 1; k < upto; k++) hit(c, base + k, t); }
  }
}
static void scan(Conn *c, const char *b, int n, double t) {
  if (serial0 >= 0) { count(c, b, n, t); return; }
  char j[CARRY * 2 + 1];
  if (c->ncarry) { int m = n < CARRY ? n : CARRY - 1; memcpy(j, c->carry, c->ncarry); memcpy(j + c->ncarry, b, m); int l = c->ncarry + m; char *p = j;
    while ((p = memmem(p, l - (p - j), "lbm", 3)) && p - j < c->ncarry) { if (p - j + 12 > l) break; if (p[11] == 'x') hit(c, atoi(p + 3), t); p += 3; } }
  const char *p = b; while ((p = memmem(p, n - (p - b), "lbm", 3)) && p - b + 12 <= n) { if (p[11] == 'x') hit(c, atoi(p + 3), t); p += 3; }
  if (n >= CARRY - 1) { c->ncarry = CARRY - 5; memcpy(c->carry, b + n - c->ncarry, c->ncarry); }
  else { int k = c->ncarry + n; char tmp[CARRY * 2]; memcpy(tmp, c->carry, c->ncarry); memcpy(tmp + c->ncarry, b, n); int keep = k < CARRY - 5 ? k : CARRY - 5; memcpy(c->carry, tmp + k - keep, keep); c->ncarry = keep; }
}
static void wsbytes(Conn *c, const char *b, int n, double t) { /* answers pings, skips nothing else */
  int i = 0;
  while (i < n) {
    if (!c->inpay) {
      c->fh[c->hlen++] = b[i++]; if (c->hlen < 2) continue; int l = c->fh[1] & 127, need = 2 + (l == 126 ? 2 : l == 127 ? 8 : 0); if (c->hlen < need) continue;
      uint64_t L = l; if (l == 126) L = c->fh[2] << 8 | c->fh[3]; else if (l == 127) { L = 0; for (int k = 2; k < 10; k++) L = L << 8 | c->fh[k]; }
      c->op = c->fh[0] & 15; c->left = c->plen = L; c->hlen = 0; c->inpay = L > 0; if (!L && c->op == 9) wsend(c, 10, "", 0); if (c->op == 8) { c->st = DEAD; dead++; return; }
      continue; }
    uint64_t m = n - i; if (m > c->left) m = c->left; if (c->left == c->plen) c->pl0 = b[i];
    c->left -= m; i += m; if (!c->left) { c->inpay = 0; if (c->op == 9) wsend(c, 10, b + i - m, c->plen == m ? m : 0); else if (c->op == 1 && c->plen == 1 && c->pl0 == '2') wsend(c, 1, "3", 1); }
  }
}
static void postnext(void);
static void onread(Conn *c) {
  for (;;) {
    int n = read(c->fd, rb, sizeof rb); double t = now();
    if (n < 0 && (errno == EAGAIN || errno == EINTR)) return;
    if (n <= 0) { if (c->st != DEAD) { c->st = DEAD; dead++; } close(c->fd); return; }
    c->bytes += n; const char *b = rb;
    if (c->kind == HPOST) { /* keep-alive http response */
      int m = n; if (c->nhd + m > (int)sizeof c->hd - 1) m = sizeof c->hd - 1 - c->nhd; memcpy(c->hd + c->nhd, b, m); c->nhd += m; c->hd[c->nhd] = 0;
      char *e = memmem(c->hd, c->nhd, "\r\n\r\n", 4); if (!e) continue;
      int st = atoi(c->hd + 9); long cl = -1; char *h = strcasestr(c->hd, "content-length:"); if (h && h < e) cl = atol(h + 15);
      int ok = cl >= 0 ? c->nhd >= (e + 4 - c->hd) + cl : (st == 204 || !!memmem(e, c->hd + c->nhd - e, "\r\n0\r\n\r\n", 7));
      if (!ok) continue;
      if (st >= 300) { if (!ackerr++) fprintf(stderr, "livebench: first bad post answer: %.300s\n", c->hd); }
      if (c->note >= 0) { ackt[c->note] = t; acks++; c->note = -1; if (!N) { done_notes++; inflight--; t_end = t; } }
      c->nhd = 0; postnext(); continue; }
    if (c->st == HANDSHAKE) {
      if (c->nhd + n > (int)sizeof c->hd - 1) die("handshake too long");
      memcpy(c->hd + c->nhd, b, n); c->nhd += n; c->hd[c->nhd] = 0; char *e = strstr(c->hd, "\r\n\r\n"); if (!e) continue;
      int st = atoi(c->hd + 9); if (st != (ws ? 101 : 200)) { fprintf(stderr, "livebench: bad handshake: %.400s\n", c->hd); exit(3); }
      c->st = INIT; int used = e + 4 - c->hd; b = c->hd + used; n = c->nhd - used;
      init_step(c, NULL, 0);
      if (!ready_s) isready(c);
      if (n <= 0) continue; }
    if (ws) wsbytes(c, b, n, t);
    if (c->ip < nini) init_step(c, b, n);
    if (c->st == INIT && ready_s && memmem(b, n, ready_s, strlen(ready_s))) isready(c);
    scan(c, b, n, t);
    if (n < (int)sizeof rb) return;
  }
}
static void postnow(int i) {
  if (wspost) { Conn *c = &cs[N + i % K]; if (nfl) wsend(c, 2, fl[i], fln[i]); else { char o[8192]; int n = subst(o, body, i); wsend(c, 1, o, n); } ackt[i] = 0; return; }
}
static void postnext(void) { /* http: hand queued notes to free poster connections */
  if (wspost) { while (q_head < posted) postnow(q_head++); return; }
  for (int k = 0; k < K && q_head < posted; k++) { Conn *c = &cs[N + k]; if (c->note >= 0 || c->st != READY) continue;
    char o[8192], r[12288]; int i = q_head++, n = subst(o, body, i); int l = snprintf(r, sizeof r, "POST %s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nContent-Type: %s\r\nContent-Length: %d\r\n", ppath, pport ? pport : port, ctype, n);
    for (int j = 0; j < nxh; j++) l += snprintf(r + l, sizeof r - l, "%s\r\n", xh[j]);
    for (int j = 0; j < nyh; j++) l += snprintf(r + l, sizeof r - l, "%s\r\n", yh[j]);
    l += snprintf(r + l, sizeof r - l, "\r\n"); memcpy(r + l, o, n); c->note = i; wr(c, r, l + n); }
}
static void pump(int ms) { struct epoll_event ev[1024]; int n = epoll_wait(ep, ev, 1024, ms); for (int i = 0; i < n; i++) { Conn *c = ev[i].data.ptr; if (c) onread(c); } }
static int cmpf(const void *a, const void *b) { float x = *(float *)a, y = *(float *)b; return x < y ? -1 : x > y; }
static double pc(float *v, long n, double p) { if (!n) return -1; long i = p * n; if (i >= n) i = n - 1; return v[i]; }
static char *unhex(const char *s, int *n) { int l = strlen(s) / 2; char *o = malloc(l + 1); for (int i = 0; i < l; i++) { unsigned x; sscanf(s + 2 * i, "%2x", &x); o[i] = x; } *n = l; return o; }

int main(int ac, char **av) {
  int o; signal(SIGPIPE, SIG_IGN);
  while ((o = getopt(ac, av, "P:Q:m:u:x:i:b:w:W:n:c:p:U:B:T:F:k:M:E:r:s:d:g:a:l:y:f:S:h")) > 0) switch (o) {
    case 'P': port = atoi(optarg); break; case 'Q': pport = atoi(optarg); break; case 'm': ws = !strcmp(optarg, "ws"); break; case 'u': path = optarg; break;
    case 'x': xh[nxh++] = optarg; break; case 'i': ini[nini].s = optarg; ini[nini++].n = strlen(optarg); break;
    case 'b': ini[nini].bin = 1; ini[nini].s = unhex(optarg, &ini[nini].n); nini++; break; case 'w': ini[nini].bin = 2; ini[nini].s = optarg; ini[nini++].n = strlen(optarg); break; case 'W': ready_s = optarg; break;
    case 'n': N = atoi(optarg); break; case 'c': C = atoi(optarg); break; case 'p': wspost = !strcmp(optarg, "ws"); break; case 'U': ppath = optarg; break;
    case 'B': body = optarg; break; case 'T': ctype = optarg; break; case 'k': K = atoi(optarg); break; case 'M': M = atoi(optarg); break; case 'E': E = atoi(optarg); break;
    case 'r': rate = atof(optarg); break; case 's': win = atoi(optarg); break; case 'd': dl = atoi(optarg); break; case 'g': settle_ms = atof(optarg) * 1000; break; case 'l': label = optarg; break;
    case 'y': yh[nyh++] = optarg; break; case 'S': serial0 = atol(optarg); break;
    case 'f': { FILE *h = fopen(optarg, "r"); char *ln = NULL; size_t z = 0; if (!h) die("-f"); fh_ = calloc(20000, sizeof *fh_); while (nfh < 20000 && getline(&ln, &z, h) > 0) { ln[strcspn(ln, "\r\n")] = 0; fh_[nfh++] = strdup(ln); } fclose(h); break; }
    case 'F': { FILE *h = fopen(optarg, "r"); char *ln = NULL; size_t z = 0; ssize_t r; if (!h) die("-F"); fl = calloc(200000, sizeof *fl); fln = calloc(200000, sizeof *fln); while ((r = getline(&ln, &z, h)) > 0) { ln[strcspn(ln, "\r\n")] = 0; fl[nfl] = unhex(ln, &fln[nfl]); nfl++; } fclose(h); break; }
    case 'a': { char *s = strdup(optarg), *p; while ((p = strsep(&s, ","))) { char *q = strchr(p, '='); if (!q) die("-a name=pid"); *q = 0; snprintf(pr[npr].name, 32, "%s", p); pr[npr++].pid = atoi(q + 1); } break; }
    default: fprintf(stderr, "see the head of livebench.c\n"); return 1; }
  T = M + E; base = nfl ? 0 : (getpid() % 9000) * 10000; if (nfl && nfl < T) die("-F file too short"); if (win) rate = 0;
  due = calloc(T, sizeof *due); ackt = calloc(T, sizeof *ackt); got = calloc(T, sizeof *got); lastt = calloc(T, sizeof *lastt); lat = malloc(sizeof(float) * (long)N * M + 64);
  struct rlimit rl = { 20000, 20000 }; setrlimit(RLIMIT_NOFILE, &rl);
  ep = epoll_create1(0); nc = N + K; cs = calloc(nc, sizeof *cs);
  for (int i = 0; i < npr; i++) pr[i].rss0 = rss_of(pr[i].pid);
  double t0 = now(); int target = wspost ? N + K : N;
  while (nready < target) { while (opened < target && opened - nready < C) { newconn(&cs[opened], opened < N ? SUB : WPOST, opened); if (opened < N) cs[opened].seen = calloc(1, T / 8 + 1); opened++; }
    pump(100); if (dead) { fprintf(stderr, "livebench: %d connections lost while connecting\n", dead); return 4; } if (now() - t0 > 120) { fprintf(stderr, "livebench: only %d of %d ready after 120 s\n", nready, target); return 5; } }
  double tconn = now() - t0; if (!wspost) for (int k = 0; k < K; k++) newconn(&cs[N + k], HPOST, k);
  for (double t = now(); now() - t < settle_ms / 1e3;) pump(20);
  for (int i = 0; i < npr; i++) pr[i].rss1 = rss_of(pr[i].pid);
  uint64_t by0 = 0; int tf = timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK); struct epoll_event tev = { .events = EPOLLIN, .data.ptr = NULL }; epoll_ctl(ep, EPOLL_CTL_ADD, tf, &tev);
  /* warm-up: E notes, 20 ms apart, each waited for */
  for (int i = 0; i < E; i++) { due[i] = now(); posted++; inflight++; postnext(); double t = now(); while (got[i] < N && now() - t < 10) pump(10); for (t = now(); now() - t < 0.02;) pump(5); if (N && i == 0 && !got[0]) { fprintf(stderr, "livebench: first note reached nobody in 10 s\n"); return 7; } }
  if (E && got[E - 1] < N) fprintf(stderr, "livebench: warm-up note reached %d of %d\n", got[E - 1], N);
  inflight = 0; done_notes = 0; for (int i = 0; i < N; i++) by0 += cs[i].bytes;
  for (int i = 0; i < npr; i++) pr[i].cpu0 = cpu_of(pr[i].pid);
  struct rusage ru0, ru1; getrusage(RUSAGE_SELF, &ru0); t_first = now(); double tq = t_first; long nosent = 0;
  while (done_notes < M && now() - t_first < dl) {
    double t = now();
    if (win) while (posted < T && inflight < win) { due[posted++] = now(); inflight++; postnext(); }
    else { while (posted < T && t_first + (posted - E) / rate <= t) { due[posted] = t_first + (posted - E) / rate; posted++; inflight++; }
      postnext(); if (posted < T) { double w = t_first + (posted - E) / rate - now(); if (w < 1e-6) w = 1e-6; struct itimerspec it = { .it_value = { (time_t)w, (long)((w - (time_t)w) * 1e9) + 1 } }; timerfd_settime(tf, 0, &it, NULL); } }
    uint64_t x; pump(100); if (read(tf, &x, 8) < 0) {}
    if (posted == T && now() - t_end > 5 && now() - tq > 5 && t_end > 0) break;
  }
  double t1 = now(); if (t_end == 0) t_end = t1; getrusage(RUSAGE_SELF, &ru1); for (int i = 0; i < npr; i++) { pr[i].cpu1 = cpu_of(pr[i].pid); pr[i].rss2 = rss_of(pr[i].pid); }
  uint64_t by = 0; for (int i = 0; i < N; i++) by += cs[i].bytes; by -= by0;
  long want = (long)N * M; double dur = t_end - t_first; qsort(lat, nlat, sizeof *lat, cmpf);
  float *la = malloc(sizeof(float) * M + 4), *ak = malloc(sizeof(float) * M + 4); long nla = 0, nak = 0; for (int i = E; i < T; i++) { if (N && got[i] == N) la[nla++] = (lastt[i] - due[i]) * 1e3; if (ackt[i] > 0) ak[nak++] = (ackt[i] - due[i]) * 1e3; }
  qsort(la, nla, sizeof *la, cmpf); qsort(ak, nak, sizeof *ak, cmpf);
  double cc = (ru1.ru_utime.tv_sec - ru0.ru_utime.tv_sec) + (ru1.ru_stime.tv_sec - ru0.ru_stime.tv_sec) + (ru1.ru_utime.tv_usec - ru0.ru_utime.tv_usec + ru1.ru_stime.tv_usec - ru0.ru_stime.tv_usec) * 1e-6;
  printf("{\"label\":\"%s\",\"n\":%d,\"notes\":%d,\"rate\":%g,\"window\":%d,\"received\":%ld,\"missing\":%ld,\"dead\":%d,\"ooo\":%ld,\"ack_err\":%ld,\"lat_p50\":%.3f,\"lat_p95\":%.3f,\"lat_p99\":%.3f,\"lat_max\":%.3f,\"last_p50\":%.3f,\"last_p95\":%.3f,\"ack_p50\":%.3f,\"ack_p99\":%.3f,\"dur\":%.3f,\"dps\":%.0f,\"notes_s\":%.1f,\"bytes_per_delivery\":%.0f,\"connect_s\":%.3f,\"conn_per_s\":%.0f,\"client_cpu\":%.3f,\"steps\":%ld",
    label, N, M, rate, win, recvd, want - recvd, dead, ooo, ackerr, pc(lat, nlat, .5), pc(lat, nlat, .95), pc(lat, nlat, .99), nlat ? lat[nlat - 1] : -1, pc(la, nla, .5), pc(la, nla, .95), pc(ak, nak, .5), pc(ak, nak, .99), dur, recvd / (dur > 0 ? dur : 1), done_notes / (dur > 0 ? dur : 1), recvd ? (double)by / recvd : 0, tconn, N / tconn, cc / (t1 - t_first), steps_seen);
  if (!N) recvd = done_notes; /* write-only run: per 100k notes */
  double tot = 0; for (int i = 0; i < npr; i++) { double u = pr[i].cpu1 - pr[i].cpu0; tot += u; printf(",\"cpu_%s\":%.4f,\"rss_mb_%s\":%.1f,\"rss_kb_conn_%s\":%.2f,\"rss_mb_end_%s\":%.1f", pr[i].name, recvd ? u * 1e5 / recvd : -1, pr[i].name, pr[i].rss1 / 1024., pr[i].name, N ? (double)(pr[i].rss1 - pr[i].rss0) / N : 0, pr[i].name, pr[i].rss2 / 1024.); }
  if (npr) printf(",\"cpu_all\":%.4f", recvd ? tot * 1e5 / recvd : -1);
  printf("}\n"); (void)nosent; (void)unread_pairs; return (N ? recvd == want : done_notes == M) && !ackerr ? 0 : 6;
}
