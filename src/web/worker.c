/* worker.c - see worker.h. */
#include "web/worker.h"

#include <pthread.h>

typedef struct task {
	void (*fn)(void *);
	void *p;
} task;

struct workers {
	pthread_mutex_t lock;
	pthread_cond_t some;
	pthread_t thread[WORKERS];
	int nthreads;
	task ring[WORKERS_QUEUE];
	size_t head, n;
	bool stopping;
};

static void *
worker_main(void *p)
{
	workers *w = p;

	pthread_mutex_lock(&w->lock);
	for (;;) {
		while (w->n == 0 && !w->stopping)
			pthread_cond_wait(&w->some, &w->lock);
		if (w->n == 0)
			break;
		task t = w->ring[w->head];
		w->head = (w->head + 1) % WORKERS_QUEUE;
		w->n--;
		pthread_mutex_unlock(&w->lock);
		t.fn(t.p);
		pthread_mutex_lock(&w->lock);
	}
	pthread_mutex_unlock(&w->lock);
	return NULL;
}

static void
workers_stop(void *p)
{
	workers *w = p;

	pthread_mutex_lock(&w->lock);
	w->stopping = true;
	pthread_cond_broadcast(&w->some);
	pthread_mutex_unlock(&w->lock);
	for (int i = 0; i < w->nthreads; i++)
		pthread_join(w->thread[i], NULL);
	pthread_cond_destroy(&w->some);
	pthread_mutex_destroy(&w->lock);
}

rc
workers_start(arena *a, fault *f, workers **out)
{
	workers *w = arena_new(a, workers);

	pthread_mutex_init(&w->lock, NULL);
	pthread_cond_init(&w->some, NULL);
	arena_defer(a, workers_stop, w);
	for (; w->nthreads < WORKERS; w->nthreads++)
		if (pthread_create(&w->thread[w->nthreads], NULL, worker_main, w) != 0)
			return FAIL(f, RC_IO, "store.thread");
	*out = w;
	return RC_OK;
}

rc
workers_run(workers *w, fault *f, void (*fn)(void *), void *p)
{
	pthread_mutex_lock(&w->lock);
	bool room = w->n < WORKERS_QUEUE && !w->stopping;
	if (room) {
		w->ring[(w->head + w->n) % WORKERS_QUEUE] = (task){fn, p};
		w->n++;
		pthread_cond_signal(&w->some);
	}
	pthread_mutex_unlock(&w->lock);
	if (!room)
		return FAIL(f, RC_BUSY, "store.busy");
	return RC_OK;
}
