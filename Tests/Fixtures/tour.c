/* The sample that `make demo` opens: functions, structs, a list, loops and some output to watch. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum level { BEGINNER, SKILLED, MASTER };

struct point {
  int x;
  int y;
};

struct player {
  char name[16];
  enum level level;
  struct point position;
  int scores[4];
  int rounds;
  struct player *next;
};

static int total_players;

static int add_score(struct player *player, int points) {
  int slot = player->rounds % 4;
  player->scores[slot] = points;
  player->rounds += 1;
  return player->rounds;
}

static int best_score(const struct player *player) {
  int best = 0;
  for (int i = 0; i < 4; i++) {
    if (player->scores[i] > best)
      best = player->scores[i];
  }
  return best;
}

static void move_by(struct player *player, int dx, int dy) {
  player->position.x += dx;
  player->position.y += dy;
}

static struct player *make_player(const char *name, struct player *next) {
  struct player *player = calloc(1, sizeof *player);
  strncpy(player->name, name, sizeof player->name - 1);
  player->level = BEGINNER;
  player->next = next;
  total_players++;
  return player;
}

/* Recursion, to have a stack worth looking at. */
static int sum_of_bests(const struct player *player) {
  if (player == NULL)
    return 0;
  return best_score(player) + sum_of_bests(player->next);
}

int main(void) {
  struct player *players = NULL;
  players = make_player("Grace", players);
  players = make_player("Ada", players);
  printf("%d players\n", total_players);

  for (int round = 1; round <= 3; round++) {
    for (struct player *each = players; each != NULL; each = each->next) {
      int points = round * 10 + each->name[0] % 7;
      add_score(each, points);
      move_by(each, round, -round);
      printf("round %d: %s has %d points\n", round, each->name, points);
    }
  }

  int sum = sum_of_bests(players);
  if (sum > 50)
    players->level = MASTER;
  printf("best scores together: %d\n", sum);
  while (players != NULL) {
    struct player *gone = players;
    players = players->next;
    free(gone);
  }
  return 0;
}
