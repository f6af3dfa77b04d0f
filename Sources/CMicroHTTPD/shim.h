// SPDX-License-Identifier: GPL-3.0-or-later
// libmicrohttpd with its variadic functions made plain, its enums as integers where Swift passes them, and one
// call that copies all headers of a request: crossing the language once per header would cost more than parsing.
#pragma once
#include <arpa/inet.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <gnutls/gnutls.h>
#include <microhttpd.h>
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

typedef struct {
  int listener;
  size_t connection_memory_bytes;
  unsigned int connections_max;
  unsigned int idle_seconds;
  const char *key_pem;          // both or neither
  const char *certificate_pem;
  MHD_AccessHandlerCallback access;
  void *(*target)(void *context, const char *target, struct MHD_Connection *connection);
  MHD_NotifyConnectionCallback connection;
  MHD_RequestCompletedCallback completed;
  void *context;
} cmhd_plan;

/// The path stays percent-encoded: what an escaped slash means is for the router to say.
static inline size_t cmhd_keep_escapes(void *context, struct MHD_Connection *connection, char *text) {
  (void)context;
  (void)connection;
  return strlen(text);
}

static inline struct MHD_Daemon *cmhd_start(const cmhd_plan *p) {
  struct MHD_OptionItem tls[] = {
      {MHD_OPTION_HTTPS_MEM_KEY, 0, (void *)p->key_pem},
      {MHD_OPTION_HTTPS_MEM_CERT, 0, (void *)p->certificate_pem},
      {MHD_OPTION_END, 0, NULL}};
  struct MHD_OptionItem none[] = {{MHD_OPTION_END, 0, NULL}};
  unsigned int flags = MHD_USE_EPOLL | MHD_ALLOW_SUSPEND_RESUME | (p->key_pem ? MHD_USE_TLS : 0);
  return MHD_start_daemon(
      flags, 0, NULL, NULL, p->access, p->context,
      MHD_OPTION_LISTEN_SOCKET, p->listener,
      MHD_OPTION_CONNECTION_MEMORY_LIMIT, p->connection_memory_bytes,
      MHD_OPTION_CONNECTION_LIMIT, p->connections_max,
      MHD_OPTION_CONNECTION_TIMEOUT, p->idle_seconds,
      MHD_OPTION_UNESCAPE_CALLBACK, &cmhd_keep_escapes, NULL,
      MHD_OPTION_URI_LOG_CALLBACK, p->target, p->context,
      MHD_OPTION_NOTIFY_CONNECTION, p->connection, p->context,
      MHD_OPTION_NOTIFY_COMPLETED, p->completed, p->context,
      MHD_OPTION_SIGPIPE_HANDLED_BY_APP, 1,
      MHD_OPTION_ARRAY, p->key_pem ? tls : none,
      MHD_OPTION_END);
}

/// The library's enums come to Swift closed and without case names.
static inline enum MHD_Result cmhd_result(int is_fine) { return is_fine ? MHD_YES : MHD_NO; }
static inline int cmhd_is_start(enum MHD_ConnectionNotificationCode code) {
  return code == MHD_CONNECTION_NOTIFY_STARTED;
}

static inline int cmhd_epoll(struct MHD_Daemon *daemon) {
  const union MHD_DaemonInfo *info = MHD_get_daemon_info(daemon, MHD_DAEMON_INFO_EPOLL_FD);
  return info ? info->epoll_fd : -1;
}

static inline int cmhd_socket(struct MHD_Connection *connection) {
  const union MHD_ConnectionInfo *info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
  return info ? info->connect_fd : -1;
}

static inline void *cmhd_connection_context(struct MHD_Connection *connection) {
  const union MHD_ConnectionInfo *info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
  return info ? info->socket_context : NULL;
}

/// Whether the daemon has work that it must do without waiting for a socket.
static inline int cmhd_must_run(struct MHD_Daemon *daemon) {
  MHD_UNSIGNED_LONG_LONG milliseconds = 1;
  return MHD_get_timeout(daemon, &milliseconds) == MHD_YES && milliseconds == 0;
}

/// Writes the client's address as text and as 16 bytes (IPv4 mapped into IPv6).
static inline void cmhd_address(struct MHD_Connection *connection, char *text, size_t capacity, unsigned char *raw) {
  memset(raw, 0, 16);
  text[0] = 0;
  const union MHD_ConnectionInfo *info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
  if (!info || !info->client_addr) return;
  if (info->client_addr->sa_family == AF_INET) {
    const struct sockaddr_in *a = (const struct sockaddr_in *)info->client_addr;
    raw[10] = raw[11] = 0xff;
    memcpy(raw + 12, &a->sin_addr, 4);
    inet_ntop(AF_INET, &a->sin_addr, text, (socklen_t)capacity);
  } else if (info->client_addr->sa_family == AF_INET6) {
    const struct sockaddr_in6 *a = (const struct sockaddr_in6 *)info->client_addr;
    memcpy(raw, &a->sin6_addr, 16);
    if (IN6_IS_ADDR_V4MAPPED(&a->sin6_addr))
      inet_ntop(AF_INET, raw + 12, text, (socklen_t)capacity);
    else
      inet_ntop(AF_INET6, &a->sin6_addr, text, (socklen_t)capacity);
  }
}

typedef struct {
  uint32_t name, name_length, value, value_length;
} cmhd_entry;

enum { CMHD_HEADERS_OK = 0, CMHD_HEADERS_TOO_MANY = 1, CMHD_HEADERS_TOO_LARGE = 2, CMHD_HEADERS_MALFORMED = 3 };

typedef struct {
  char *bytes;
  size_t length, capacity;
  cmhd_entry *entries;
  int count, entries_max;
  int problem;
} cmhd_headers;

/// The characters of a token (RFC 9110 section 5.6.2).
static inline int cmhd_is_token(const char *text, size_t length) {
  for (size_t i = 0; i < length; i++) {
    unsigned char c = (unsigned char)text[i];
    if ((c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')) continue;
    if (c == 0 || !strchr("!#$%&'*+-.^_`|~", c)) return 0;
  }
  return length > 0;
}

static inline enum MHD_Result cmhd_take_header(
    void *context, enum MHD_ValueKind kind, const char *name, size_t name_length, const char *value,
    size_t value_length) {
  (void)kind;
  cmhd_headers *h = context;
  while (value_length && (value[value_length - 1] == ' ' || value[value_length - 1] == '\t')) value_length--;
  if (!cmhd_is_token(name, name_length))
    h->problem = CMHD_HEADERS_MALFORMED;
  else if (h->count == h->entries_max)
    h->problem = CMHD_HEADERS_TOO_MANY;
  else if (h->length + name_length + value_length + 2 > h->capacity)
    h->problem = CMHD_HEADERS_TOO_LARGE;
  for (size_t i = 0; i < value_length; i++) {
    unsigned char c = (unsigned char)value[i];
    if ((c < 0x20 && c != '\t') || c == 0x7f) h->problem = CMHD_HEADERS_MALFORMED;
  }
  if (h->problem) return MHD_NO;
  cmhd_entry *e = &h->entries[h->count++];
  e->name = (uint32_t)h->length;
  e->name_length = (uint32_t)name_length;
  e->value = (uint32_t)(h->length + name_length + 1);
  e->value_length = (uint32_t)value_length;
  memcpy(h->bytes + e->name, name, name_length);
  h->bytes[e->name + name_length] = 0;
  if (value_length) memcpy(h->bytes + e->value, value, value_length);
  h->bytes[e->value + value_length] = 0;
  h->length += name_length + value_length + 2;
  return MHD_YES;
}

/// Copies the request's headers, "name NUL value NUL" one after the other.
static inline void cmhd_copy_headers(struct MHD_Connection *connection, cmhd_headers *into) {
  MHD_get_connection_values_n(connection, MHD_HEADER_KIND, &cmhd_take_header, into);
}

static inline struct MHD_Response *cmhd_response_copying(size_t size, const void *bytes) {
  return MHD_create_response_from_buffer(size, (void *)bytes, MHD_RESPMEM_MUST_COPY);
}

static inline struct MHD_Response *cmhd_response_streaming(
    MHD_ContentReaderCallback reader, void *context, MHD_ContentReaderFreeCallback release) {
  return MHD_create_response_from_callback(MHD_SIZE_UNKNOWN, 16384, reader, context, release);
}

static inline ssize_t cmhd_read_nothing(void *context, uint64_t position, char *buffer, size_t size) {
  (void)context;
  (void)position;
  (void)buffer;
  (void)size;
  return MHD_CONTENT_READER_END_OF_STREAM;
}

/// A head that says nothing of its body's length, after which the connection ends.
static inline struct MHD_Response *cmhd_response_head_only(void) {
  struct MHD_Response *response = MHD_create_response_from_callback(MHD_SIZE_UNKNOWN, 1, &cmhd_read_nothing, NULL, NULL);
  if (response) MHD_set_response_options(response, MHD_RF_HTTP_1_0_COMPATIBLE_STRICT, MHD_RO_END);
  return response;
}

typedef enum MHD_Result (*cmhd_queue_function)(struct MHD_Connection *, unsigned int, struct MHD_Response *);

/// The time as an HTTP date (RFC 9110, section 5.6.7), which the library adds to what it sends. The names are written
/// out because those of strftime follow the locale.
static inline void cmhd_date(char *text, size_t capacity) {
  static const char days[] = "SunMonTueWedThuFriSat", months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
  time_t now = time(NULL);
  struct tm t;
  gmtime_r(&now, &t);
  snprintf(
      text, capacity, "%.3s, %02d %.3s %04d %02d:%02d:%02d GMT", days + 3 * t.tm_wday, t.tm_mday,
      months + 3 * t.tm_mon, t.tm_year + 1900, t.tm_hour, t.tm_min, t.tm_sec);
}

/// Writes to the client past the library, when that has nothing left to send. Returns how much went, or less than 0.
static inline ssize_t cmhd_send_past(struct MHD_Connection *connection, const void *bytes, size_t size) {
  const union MHD_ConnectionInfo *tls = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_GNUTLS_SESSION);
  if (tls) return gnutls_record_send((gnutls_session_t)tls->tls_session, bytes, size);
  return send(cmhd_socket(connection), bytes, size, MSG_NOSIGNAL | MSG_DONTWAIT);
}

/// The library's own MHD_queue_response: in the program the plain name is that of LibraryRefusals.swift.
static inline cmhd_queue_function cmhd_library_queue(void) {
  void *const next = (void *)-1L;  // RTLD_NEXT, which dlfcn.h has for _GNU_SOURCE only
  return (cmhd_queue_function)dlsym(next, "MHD_queue_response");
}

static inline int cmhd_add_header(struct MHD_Response *response, const char *name, const char *value) {
  return MHD_add_response_header(response, name, value) == MHD_YES;
}

/// A listening socket. Returns the descriptor or -errno. `shares`: other sockets may listen on the same port.
static inline int cmhd_listen(const char *address, uint16_t port, int backlog, int shares) {
  struct sockaddr_in6 six;
  struct sockaddr_in four;
  memset(&six, 0, sizeof six);
  memset(&four, 0, sizeof four);
  const struct sockaddr *where;
  socklen_t length;
  if (inet_pton(AF_INET, address, &four.sin_addr) == 1) {
    four.sin_family = AF_INET;
    four.sin_port = htons(port);
    where = (const struct sockaddr *)&four;
    length = sizeof four;
  } else if (inet_pton(AF_INET6, address, &six.sin6_addr) == 1) {
    six.sin6_family = AF_INET6;
    six.sin6_port = htons(port);
    where = (const struct sockaddr *)&six;
    length = sizeof six;
  } else {
    return -EADDRNOTAVAIL;
  }
  int fd = socket(where->sa_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  if (fd < 0) return -errno;
  int one = 1, zero = 0;
  setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
  if (shares) setsockopt(fd, SOL_SOCKET, SO_REUSEPORT, &one, sizeof one);
  if (where->sa_family == AF_INET6) setsockopt(fd, IPPROTO_IPV6, IPV6_V6ONLY, &zero, sizeof zero);
  if (bind(fd, where, length) || (backlog > 0 && listen(fd, backlog))) {
    int problem = errno;
    close(fd);
    return -problem;
  }
  return fd;
}

static inline uint16_t cmhd_port(int listener) {
  struct sockaddr_storage where;
  socklen_t length = sizeof where;
  if (getsockname(listener, (struct sockaddr *)&where, &length)) return 0;
  return ntohs(where.ss_family == AF_INET ? ((struct sockaddr_in *)&where)->sin_port
                                          : ((struct sockaddr_in6 *)&where)->sin6_port);
}

/// Whether the client has ended its sending side and nothing is left to read.
static inline int cmhd_is_ended(int socket) {
  char byte;
  return recv(socket, &byte, 1, MSG_PEEK | MSG_DONTWAIT) == 0;
}

static inline void cmhd_end_reading(int socket) { shutdown(socket, SHUT_RD); }
static inline void cmhd_cut(int socket) { shutdown(socket, SHUT_RDWR); }
