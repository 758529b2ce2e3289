#define CURL_DISABLE_TYPECHECK
#include <curl/curl.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>

// libcurl's setters take any number of arguments of any type, which Swift cannot call: one of each type here.

static inline CURLcode outgoing_set_long(CURL *easy, CURLoption option, long value) {
  return curl_easy_setopt(easy, option, value);
}

static inline CURLcode outgoing_set_text(CURL *easy, CURLoption option, const char *value) {
  return curl_easy_setopt(easy, option, value);
}

static inline CURLcode outgoing_set_list(
    CURL *easy, CURLoption option, struct curl_slist *value) {
  return curl_easy_setopt(easy, option, value);
}

/// Copies the bytes.
static inline CURLcode outgoing_set_body(CURL *easy, const void *bytes, size_t count) {
  CURLcode code = curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)count);
  return code != CURLE_OK ? code : curl_easy_setopt(easy, CURLOPT_COPYPOSTFIELDS, bytes);
}

static inline CURLcode outgoing_set_upload_size(CURL *easy, size_t count) {
  return curl_easy_setopt(easy, CURLOPT_INFILESIZE_LARGE, (curl_off_t)count);
}

/// What libcurl calls while it carries: `context` is given to each.
static inline void outgoing_set_calls(
    CURL *easy, void *context, size_t (*body)(char *, size_t, size_t, void *),
    size_t (*header)(char *, size_t, size_t, void *),
    size_t (*upload)(char *, size_t, size_t, void *),
    curl_socket_t (*open)(void *, curlsocktype, struct curl_sockaddr *)) {
  curl_easy_setopt(easy, CURLOPT_WRITEDATA, context);
  curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, body);
  curl_easy_setopt(easy, CURLOPT_HEADERDATA, context);
  curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, header);
  curl_easy_setopt(easy, CURLOPT_READDATA, context);
  curl_easy_setopt(easy, CURLOPT_READFUNCTION, upload);
  curl_easy_setopt(easy, CURLOPT_OPENSOCKETDATA, context);
  curl_easy_setopt(easy, CURLOPT_OPENSOCKETFUNCTION, open);
}

static inline void outgoing_set_connections(CURLM *multi, long most) {
  curl_multi_setopt(multi, CURLMOPT_MAXCONNECTS, most);
  curl_multi_setopt(multi, CURLMOPT_MAX_TOTAL_CONNECTIONS, most);
}

/// - Parameter text: room for CURL_ERROR_SIZE bytes, for as long as the handle is there.
static inline void outgoing_set_fault(CURL *easy, char *text) {
  text[0] = 0;
  curl_easy_setopt(easy, CURLOPT_ERRORBUFFER, text);
}

static inline long outgoing_status(CURL *easy) {
  long value = 0;
  curl_easy_getinfo(easy, CURLINFO_RESPONSE_CODE, &value);
  return value;
}

static inline double outgoing_seconds(CURL *easy) {
  double value = 0;
  curl_easy_getinfo(easy, CURLINFO_TOTAL_TIME, &value);
  return value;
}

static inline CURLcode outgoing_begin(void) { return curl_global_init(CURL_GLOBAL_ALL); }

/// The bytes of the address that is about to be connected to: 4, 16, or 0 where it is neither IPv4 nor IPv6.
static inline int outgoing_address(const struct curl_sockaddr *address, unsigned char *bytes) {
  if (address->family == AF_INET) {
    memcpy(bytes, &((const struct sockaddr_in *)&address->addr)->sin_addr, 4);
    return 4;
  }
  if (address->family == AF_INET6) {
    memcpy(bytes, &((const struct sockaddr_in6 *)&address->addr)->sin6_addr, 16);
    return 16;
  }
  return 0;
}

static inline curl_socket_t outgoing_open(const struct curl_sockaddr *address) {
  return socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

static inline curl_socket_t outgoing_no_socket(void) { return CURL_SOCKET_BAD; }
